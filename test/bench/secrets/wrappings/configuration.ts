import type { Wrappings } from './wrapping.ts';

/** Files of settings. */
export const CONFIGURATION_WRAPPINGS: Wrappings = {
  json: ({ camel }, secret) => `{"${camel}":"${secret}","region":"eu-west-1"}`,
  'json-pretty': ({ snake }, secret) => `{\n  "user": "svc",\n  "${snake}": "${secret}",\n  "retries": 3\n}`,
  'json-nested': ({ pascal }, secret) => `"Acme": { "BaseUrl": "https://api.example.com", "${pascal}": "${secret}" }`,
  'json-pair': ({ upper }, secret) => `[{"key":"${upper}","value":"${secret}","enabled":true}]`,
  'json-name-value': ({ upper }, secret) => `{\n  "name": "${upper}",\n  "value": "${secret}"\n}`,
  json5: ({ camel }, secret) => `{\n  ${camel}: '${secret}',\n  timeout: 30,\n}`,
  yaml: ({ snake }, secret) => `service:\n  ${snake}: ${secret}\n  region: eu`,
  'yaml-quoted': ({ camel }, secret) => `  ${camel}: "${secret}"  # rotated in March`,
  'yaml-single': ({ kebab }, secret) => `${kebab}: '${secret}'`,
  'yaml-list': ({ snake }, secret) => `accounts:\n- name: main\n  ${snake}: ${secret}\n- name: other`,
  'yaml-flow': ({ camel }, secret) => `remote: { url: "https://api.example.com", ${camel}: "${secret}" }`,
  toml: ({ snake }, secret) => `[remote]\n${snake} = "${secret}"\ntimeout = 30`,
  ini: ({ snake }, secret) => `[default]\nregion = eu\n${snake} = ${secret}\noutput = json`,
  properties: ({ dotted }, secret) => `app.name=shop\n${dotted}=${secret}\napp.port=8080`,
  'properties-space': ({ dotted }, secret) => `${dotted} = ${secret}`,
  'xml-element': ({ camel }, secret) => `<config>\n  <${camel}>${secret}</${camel}>\n</config>`,
  'xml-attribute': ({ camel }, secret) => `<remote url="https://api.example.com" ${camel}="${secret}" retries="3"/>`,
  'xml-add': ({ pascal }, secret) => `<appSettings>\n  <add key="${pascal}" value="${secret}" />\n</appSettings>`,
  'xml-property': ({ dotted }, secret) => `<property name="${dotted}" value="${secret}"/>`,
  'xml-entry': ({ dotted }, secret) => `<entry key="${dotted}">${secret}</entry>`,
  plist: ({ pascal }, secret) => `  <key>${pascal}</key>\n  <string>${secret}</string>`,
  'android-string': ({ snake }, secret) => `<string name="${snake}" translatable="false">${secret}</string>`,
  tfvars: ({ snake }, secret) => `region      = "eu-west-1"\n${snake} = "${secret}"`,
  'hcl-block': ({ snake }, secret) =>
    `provider "acme" {\n  endpoint = "https://api.example.com"\n  ${snake}    = "${secret}"\n}`,
  'hcl-default': ({ snake }, secret) => `variable "${snake}" {\n  type    = string\n  default = "${secret}"\n}`,
  nix: ({ camel }, secret) => `services.acme = { enable = true; ${camel} = "${secret}"; };`,
  'gradle-properties': ({ camel }, secret) => `org.gradle.jvmargs=-Xmx2g\n${camel}=${secret}`,
  lua: ({ snake }, secret) => `return { ${snake} = "${secret}", retries = 3 }`,
  'diff-added': ({ snake }, secret) =>
    `@@ -3,6 +3,7 @@ remote:\n   url: https://api.example.com\n+  ${snake}: ${secret}\n   retries: 3`,
  'diff-removed': ({ upper }, secret) => `-${upper}=${secret}\n+${upper}=\${${upper}}`,
  'postman-environment': ({ snake }, secret) => `{ "key": "${snake}", "value": "${secret}", "type": "secret" }`,
};
