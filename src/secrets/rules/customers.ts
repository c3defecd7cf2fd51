import { ALNUM, BASE64, BASE64URL, DIGITS, DOTTED, HEX, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

/** Of what looks after customers: contacts, support, analytics, flags. */
// prettier-ignore
export const CUSTOMER_RULES: readonly Rule[] = [
  around('salesforce-token', ['!AQ', '!AR'], { alphabet: ALNUM, min: 15, max: 15 }, run(DOTTED, 60, 260)),
  begins('salesforce-token', ['00D'], parts(run(ALNUM, 12, 15), '!', run(DOTTED, 60, 260))),
  begins('salesforce-refresh-token', ['5Aep861', '5Aep8'], run(DOTTED, 60, 260)),
  begins('salesforce-consumer-key', ['3MVG9'], run(DOTTED, 76, 100)),
  begins('hubspot-token', ['pat-na1-', 'pat-na2-', 'pat-na3-', 'pat-eu1-', 'pat-ap1-'], UUID),
  near('hubspot-key', ['hapikey'], UUID),
  begins('intercom-token', ['dG9rO'], run(BASE64, 55, 59)),
  near('freshdesk-key', ['freshdesk', 'freshsales', 'freshworks'], mixed(run(ALNUM, 20))),
  near('close-key', ['close_api', 'close_key'], parts('api_', run(ALNUM, 18, 26), '.', run(ALNUM, 18, 26))),
  near('zoho-token', ['zoho'], parts('1000.', run(HEX, 32), '.', run(HEX, 32))),
  near('crm-api-key', ['pipedrive', 'zoominfo', 'rocketreach', 'hunter.io', 'hunter_io', 'apolloio', 'apollo.io', 'apollo_io', 'clearbit', 'peopledatalabs', 'capsulecrm', 'snov.io', 'lusha', 'replyio', 'reply.io', 'autopilothq'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 32), parts('sk_', run(ALNUM, 32)), run(ALNUM, 64), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 24)), mixed(run(ALNUM, 22)))),
  near('braze-key', ['braze', 'klaviyo'], oneOf(UUID, run(HEX, 32), parts('pk_', run(ALNUM, 34)))),
  begins('segment-token', ['sgp_'], run(ALNUM, 60, 72)),
  near('analytics-api-key', ['mixpanel', 'piwik', 'heapanalytics', 'adjust_api', 'appsflyer', 'similarweb', 'ahrefs', 'serpstat'], oneOf(UUID, run(HEX, 40), run(HEX, 32))),
  begins('growthbook-key', ['secret_admin_', 'secret_user_'], run(BASE64, 32, 60)),
  begins('launchdarkly-key', ['sdk-'], UUID),
  near('launchdarkly-key', ['launchdarkly', 'launch_darkly'], oneOf(parts('api-', UUID), UUID, run(BASE64URL, 40))),
  begins('configcat-key', ['configcat-sdk-1/', 'configcat-proxy/'], parts(run(BASE64URL, 22), '/', run(BASE64URL, 22))),
  near('configcat-key', ['configcat'], parts(run(BASE64URL, 22), '/', run(BASE64URL, 22))),
  near('flagsmith-key', ['flagsmith'], oneOf(parts('ser.', mixed(run(ALNUM, 22))), run(HEX, 40), parts(run(ALNUM, 8), '.', run(ALNUM, 32)))),
  follows('unleash-token', ['*:production.', '*:development.', '[]:production.', '[]:development.'], run(HEX, 56, 64)),
  near('unleash-token', ['unleash'], parts('user:', run(HEX, 56))),
  begins('devcycle-key', ['dvc_server_'], run(WORD, 30, 72)),
  begins('branch-secret', ['secret_live_'], run(ALNUM, 32)),
  near('ably-key', ['ably(', 'ably:', 'ablykey', 'ablyapi'], parts(run(BASE64URL, 6, 8), '.', run(BASE64URL, 6, 8), ':', run(BASE64URL, 20, 44))),
  near('optimizely-token', ['optimizely'], oneOf(parts(run(DIGITS, 1), ':', run(BASE64URL, 43, 60)), run(BASE64URL, 54))),
];
