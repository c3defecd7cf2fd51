import { ALNUM, BASE64, BASE64URL, DIGITS, DOTTED, HEX, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

/** Of what looks after customers: contacts, support, analytics, flags. */
// prettier-ignore
export const CUSTOMER_RULES: readonly Rule[] = [
  around('salesforce-token', ['!AQ', '!AR'], { alphabet: ALNUM, min: 15, max: 15 }, run(DOTTED, 60, 260), ['8dBKy8DSB3AIxZt', 'z2vlphtfpX0b3RMpE9261MSgXEpNuBeqnbgORbkr3g1uQDUk9PqTaa7FGxWH'], '00D000000000000!AQ'),
  begins('salesforce-token', ['00D'], parts(run(ALNUM, 12, 15), '!', run(DOTTED, 60, 260)), 'mxgJTeKdNnFR!IBXuDL7DxtpYlSXpfKtHF4vUCsMehGAkWvj7FAc9QeWJKY40uvSwMFLZDe1f8rESQedUStPK', '00D000000000000!'),
  begins('salesforce-refresh-token', ['5Aep861', '5Aep8'], run(DOTTED, 60, 260), 'ygtzkNGUHhcU_YTJjPkCBRtP-Qv7C_Rax5h16KKekyGMZ-3YGD2N7CFX3kTE', '5Aep861'),
  begins('hubspot-token', ['pat-na1-', 'pat-na2-', 'pat-na3-', 'pat-eu1-', 'pat-ap1-'], UUID, 'de84f875-9732-f125-fb21-37e2bde8410f', 'pat-na1-00000000-0000-0000-0000-000000000000'),
  near('hubspot-key', ['hapikey'], UUID, '6bea007e-3e8d-bbdd-e866-07159323bdbf', 'hapikey: "00000000-0000-0000-0000-000000000000"'),
  begins('intercom-token', ['dG9rO'], run(BASE64, 55, 59), 'tmfUNjbTYyqer3+0aSulamTD833IRjFHNY90/rPxsY+w7M4d+StgVew', 'dG9rOg== is base64 of "tok:"'),
  near('freshdesk-key', ['freshdesk', 'freshsales', 'freshworks'], mixed(run(ALNUM, 20)), 'tMMTJYFVCTQ2Qw42OT81', 'freshdesk: "domain-of-2025.freshdesk.com"'),
  near('close-key', ['close_api', 'close_key'], parts('api_', run(ALNUM, 18, 26), '.', run(ALNUM, 18, 26)), 'api_t6WtSfB6yeirAEg0Ms.kIYL5yBCWPQa1NTDTM', 'close_api: "api.close.com/api/v1/lead"'),
  near('zoho-token', ['zoho'], parts('1000.', run(HEX, 32), '.', run(HEX, 32)), '1000.0b7a50093bf33e06dbd6e7c63e4f9e99.5368bd453db2da3529d30b7adf3edd87', 'zoho: "https://www.zohoapis.com/crm/v7"'),
  near('crm-api-key', ['pipedrive', 'zoominfo', 'rocketreach', 'hunter.io', 'hunter_io', 'apolloio', 'apollo.io', 'apollo_io', 'clearbit', 'peopledatalabs', 'capsulecrm', 'snov.io', 'lusha', 'replyio', 'reply.io', 'autopilothq'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 32), parts('sk_', run(ALNUM, 32)), run(ALNUM, 64), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 24)), mixed(run(ALNUM, 22))), '4b9e81b7-c828-1c86-ef4e-b5de9932e81e', 'pipedrive: "https://company.pipedrive.com/v1"'),
  near('braze-key', ['braze', 'klaviyo'], oneOf(UUID, run(HEX, 32), parts('pk_', run(ALNUM, 34))), '934893f6-60e5-0461-c0c4-329cb586e8ff', 'braze: "https://rest.iad-01.braze.com"'),
  begins('segment-token', ['sgp_'], run(ALNUM, 60, 72), 'IsMT82vVEkNyikmbelXnwph7i5czq9x594oMS575UZ8KZ9D2IUvWXJN7SqOH', 'sgp_token'),
  near('analytics-api-key', ['mixpanel', 'piwik', 'heapanalytics', 'adjust_api', 'appsflyer', 'similarweb', 'ahrefs', 'serpstat'], oneOf(UUID, run(HEX, 40), run(HEX, 32)), '6dce6763-11ce-057d-0d14-0a45f66803df', 'mixpanel: "project-of-the-app-in-2025"'),
  begins('growthbook-key', ['secret_admin_', 'secret_user_'], run(BASE64, 32, 60), 'BSO3GU6q5okvGr1i5LJ3u36IJf//H7ee', 'secret_user_key'),
  begins('launchdarkly-key', ['sdk-'], UUID, 'd4260438-9122-30fa-4506-97dd2d8c5470', 'sdk-00000000-0000-0000-0000-000000000000'),
  near('launchdarkly-key', ['launchdarkly', 'launch_darkly'], oneOf(parts('api-', UUID), UUID, run(BASE64URL, 40)), 'api-8232c2c4-984e-5362-d26d-d613083b2a32', 'launchdarkly: "https://app.launchdarkly.com/sdk/latest-all"'),
  begins('configcat-key', ['configcat-sdk-1/', 'configcat-proxy/'], parts(run(BASE64URL, 22), '/', run(BASE64URL, 22)), 'lpP-7XUxQS3tvwvv-7Pxti/JZ1F6rcQfkS69GzKzsnC_M', 'configcat-sdk-1/<key>'),
  near('configcat-key', ['configcat'], parts(run(BASE64URL, 22), '/', run(BASE64URL, 22)), 'Cd5t24xjtjO86w6D3oeH0Y/G3-nw8Q-3mHAKzIT7-DyvB', 'configcat: "https://cdn-global.configcat.com"'),
  near('flagsmith-key', ['flagsmith'], oneOf(parts('ser.', mixed(run(ALNUM, 22))), run(HEX, 40), parts(run(ALNUM, 8), '.', run(ALNUM, 32))), 'ser.235he9tHhItTQhWgnFzxwb', 'flagsmith: "https://edge.api.flagsmith.com"'),
  follows('unleash-token', ['*:production.', '*:development.', '[]:production.', '[]:development.'], run(HEX, 56, 64), '42b42c192dd5dcf9232c635703fed714d1bf805adebb4bf3d9266886', '*:production.<hash>'),
  near('unleash-token', ['unleash'], parts('user:', run(HEX, 56)), 'user:05c7049d00180a9b9f9c314507a579ef2f1727ce93f6d9f25540d20f', 'unleash: "user:administrator-of-2025"'),
  begins('devcycle-key', ['dvc_server_'], run(WORD, 30, 72), 'OuiPBKgUeDSjU8ctL6RNCI8BndiHys', 'dvc_server_key'),
  begins('branch-secret', ['secret_live_'], run(ALNUM, 32), '0JIlYX1UXloHZMAv6JLi53pI5R0t1n4Y', 'secret_live_preview'),
  near('ably-key', ['ably(', 'ably:', 'ablykey', 'ablyapi'], parts(run(BASE64URL, 6, 8), '.', run(BASE64URL, 6, 8), ':', run(BASE64URL, 20, 44)), 'Mr5BZw.P4XfGp5:MV6sAE7yoHyi0lyOW4vp', 'ably_key: "app.key:secret"'),
  near('optimizely-token', ['optimizely'], oneOf(parts(run(DIGITS, 1), ':', run(BASE64URL, 43, 60)), run(BASE64URL, 54)), '5:d7XRJztTwhj5rrrzIpnLM_waRSeDtsJI0YsMOQ3NQNQ', 'optimizely: "https://cdn.optimizely.com/datafiles"'),
];
