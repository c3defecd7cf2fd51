import type { Wrappings } from './wrapping.ts';

/** Where variables of the environment are set or shown. */
export const ENVIRONMENT_WRAPPINGS: Wrappings = {
  env: ({ upper }, secret) => `${upper}=${secret}`,
  'env-file': ({ upper }, secret) => `# .env\nNODE_ENV=production\n${upper}=${secret}\nPORT=8080\n`,
  'env-quoted': ({ upper }, secret) => `${upper}="${secret}"`,
  'env-single': ({ upper }, secret) => `LOG_LEVEL=info\n${upper}='${secret}'`,
  'env-prefixed': ({ upper }, secret) => `VITE_${upper}=${secret}`,
  'env-numbered': ({ upper }, secret) => `     3\tPORT=8080\n     4\t${upper}=${secret}\n     5\tDEBUG=false`,
  export: ({ upper }, secret) => `export ${upper}=${secret}`,
  'export-quoted': ({ upper }, secret) => `export ${upper}="${secret}"`,
  declare: ({ upper }, secret) => `declare -x PWD="/srv"\ndeclare -x ${upper}="${secret}"\ndeclare -x SHLVL="1"`,
  printenv: ({ upper }, secret) => `$ printenv | sort\nHOME=/root\n${upper}=${secret}\nPATH=/usr/bin:/bin`,
  inline: ({ upper }, secret) => `$ ${upper}=${secret} npm run deploy -- --verbose`,
  fish: ({ upper }, secret) => `set -gx ${upper} ${secret}`,
  csh: ({ upper }, secret) => `setenv ${upper} ${secret}`,
  cmd: ({ upper }, secret) => `C:\\app> set ${upper}=${secret}`,
  setx: ({ upper }, secret) => `setx ${upper} "${secret}" /M`,
  powershell: ({ upper }, secret) => `$env:${upper} = "${secret}"`,
  systemd: ({ upper }, secret) => `[Service]\nEnvironment="${upper}=${secret}"\nExecStart=/usr/bin/app`,
  dockerfile: ({ upper }, secret) => `FROM node:20\nENV ${upper}=${secret}\nCMD ["node", "."]`,
  'dockerfile-space': ({ upper }, secret) => `ENV ${upper} ${secret}`,
  'docker-run': ({ upper }, secret) => `docker run --rm -e ${upper}=${secret} -p 80:80 acme/app:1.4`,
  'build-arg': ({ upper }, secret) => `docker build --build-arg ${upper}=${secret} -t acme/app .`,
  'compose-list': ({ upper }, secret) => `    environment:\n      - NODE_ENV=production\n      - ${upper}=${secret}`,
  'compose-map': ({ upper }, secret) => `    environment:\n      NODE_ENV: production\n      ${upper}: ${secret}`,
  'kubernetes-env': ({ upper }, secret) =>
    `        env:\n        - name: ${upper}\n          value: "${secret}"\n        - name: PORT\n          value: "80"`,
  'docker-inspect': ({ upper }, secret) =>
    `            "Env": [\n                "${upper}=${secret}",\n                "PATH=/bin"\n            ],`,
  'github-env': ({ upper }, secret) => `echo "${upper}=${secret}" >> $GITHUB_ENV`,
  'actions-log': ({ upper }, secret) => `2026-03-04T05:06:07.0000000Z   ${upper}: ${secret}`,
  'python-environ': ({ upper }, secret) => `environ({'HOME': '/root', '${upper}': '${secret}', 'LANG': 'C.UTF-8'})`,
  'node-inspect': ({ upper }, secret) => `{\n  HOME: '/root',\n  ${upper}: '${secret}',\n  LANG: 'C.UTF-8'\n}`,
  xtrace: ({ upper }, secret) => `+ export ${upper}=${secret}\n+ ${upper}=${secret}\n+ ./deploy.sh`,
};
