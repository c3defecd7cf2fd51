import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';

export const SERVICE_KINDS: readonly Kind[] = [
  token('atlassian', 'JIRA_API_TOKEN', 'ATATT3xFfGF0{url 180}={HEX 8}'),
  named('atlassian-legacy', 'CONFLUENCE_API_TOKEN', '{alnum 24}'),
  token('linear', 'LINEAR_API_KEY', 'lin_api_{alnum 40}'),
  token('linear-oauth', 'LINEAR_TOKEN', 'lin_oauth_{hex 64}'),
  token('notion', 'NOTION_TOKEN', 'ntn_{dig 11}{alnum 35}'),
  token('notion-legacy', 'NOTION_API_KEY', 'secret_{alnum 43}'),
  token('airtable', 'AIRTABLE_API_KEY', 'pat{alnum 14}.{hex 64}'),
  named('airtable-legacy', 'AIRTABLE_API_KEY', 'key{alnum 14}'),
  named('asana', 'ASANA_ACCESS_TOKEN', '1/{dig 16}:{hex 32}'),
  token('figma', 'FIGMA_TOKEN', 'figd_{url 43}'),
  token('contentful', 'CONTENTFUL_MANAGEMENT_TOKEN', 'CFPAT-{url 43}'),
  named('contentful-delivery', 'CONTENTFUL_ACCESS_TOKEN', '{url 43}'),
  token('hubspot', 'HUBSPOT_ACCESS_TOKEN', 'pat-na1-{uuid}'),
  named('intercom', 'INTERCOM_ACCESS_TOKEN', 'dG9r{b64 55}='),
  named('zendesk', 'ZENDESK_API_TOKEN', '{alnum 40}'),
  token('salesforce', 'SF_ACCESS_TOKEN', '00D{alnum 12}!AQ{alnum 94}'),
  named('salesforce-secret', 'SALESFORCE_CLIENT_SECRET', '{HEX 64}'),
  named('okta', 'OKTA_API_TOKEN', '00{url 40}'),
  shaped('okta-header', (random) => {
    const secret = spell(random, '00{url 40}');
    return [`curl -H "Authorization: SSWS ${secret}" https://acme.okta.com/api/v1/users`, secret];
  }),
  named('auth0', 'AUTH0_CLIENT_SECRET', '{url 64}'),
  token('postman', 'POSTMAN_API_KEY', 'PMAK-{hex 24}-{hex 34}'),
  token('rapidapi', 'RAPIDAPI_KEY', '{lownum 10}msh{lownum 15}p1{hex 5}jsn{hex 12}'),
  named('algolia', 'ALGOLIA_ADMIN_KEY', '{hex 32}'),
  token('mapbox', 'MAPBOX_SECRET_TOKEN', 'sk.eyJ1Ijoi{alnum 60}.{url 22}'),
  token('launchdarkly', 'LAUNCHDARKLY_SDK_KEY', 'sdk-{uuid}'),
  named('launchdarkly-api', 'LAUNCHDARKLY_ACCESS_TOKEN', 'api-{uuid}'),
  token('typeform', 'TYPEFORM_TOKEN', 'tfp_{url 59}'),
  token('dropbox', 'DROPBOX_ACCESS_TOKEN', 'sl.{url 130}'),
  named('dropbox-app-secret', 'DROPBOX_APP_SECRET', '{lownum 15}'),
  named('box', 'BOX_CLIENT_SECRET', '{alnum 32}'),
  token('facebook-access', 'FB_ACCESS_TOKEN', 'EAA{alnum 180}'),
  named('facebook-app-secret', 'FACEBOOK_APP_SECRET', '{hex 32}'),
  token('instagram', 'INSTAGRAM_ACCESS_TOKEN', 'IGQV{alnum 150}'),
  token('twitter-bearer', 'TWITTER_BEARER_TOKEN', 'AAAAAAAAAAAAAAAAAAAAA{alnum 30}%2F{alnum 50}'),
  named('twitter-secret', 'TWITTER_API_SECRET', '{alnum 50}'),
  named('twitter-access-token', 'TWITTER_ACCESS_TOKEN', '{dig 18}-{alnum 40}'),
  named('linkedin', 'LINKEDIN_CLIENT_SECRET', '{alnum 16}'),
  named('twitch', 'TWITCH_CLIENT_SECRET', '{lownum 30}'),
  named('twitch-oauth', 'TWITCH_CHAT_TOKEN', 'oauth:{lownum 30}'),
  named('twitch-stream', 'STREAM_KEY', 'live_{dig 9}_{alnum 30}'),
  named('reddit', 'REDDIT_CLIENT_SECRET', '{url 27}'),
  named('spotify', 'SPOTIFY_CLIENT_SECRET', '{hex 32}'),
  named('clerk', 'CLERK_SECRET_KEY', 'sk_test_{alnum 42}'),
  named('stytch', 'STYTCH_SECRET', 'secret-live-{url 34}='),
  token('clickup', 'CLICKUP_TOKEN', 'pk_{dig 8}_{UPNUM 32}'),
  named('trello', 'TRELLO_TOKEN', '{hex 64}'),
  token('trello-new', 'TRELLO_TOKEN', 'ATTA{hex 72}'),
  named('todoist', 'TODOIST_API_TOKEN', '{hex 40}'),
  named('webflow', 'WEBFLOW_API_TOKEN', '{hex 64}'),
  named('sanity', 'SANITY_AUTH_TOKEN', 'sk{alnum 178}'),
  named('datocms', 'DATOCMS_API_TOKEN', '{hex 30}'),
  named('ghost', 'GHOST_ADMIN_API_KEY', '{hex 24}:{hex 64}'),
  shaped('wordpress-app-password', (random) => {
    const secret = spell(random, '{alnum 4} {alnum 4} {alnum 4} {alnum 4} {alnum 4} {alnum 4}');
    return [`curl --user "jo:${secret}" https://blog.example.com/wp-json/wp/v2/posts`, secret];
  }),
  token('apify', 'APIFY_TOKEN', 'apify_api_{alnum 36}'),
  named('bitly', 'BITLY_TOKEN', '{hex 40}'),
  named('openweather', 'OPENWEATHER_API_KEY', '{hex 32}'),
  shaped('openweather-url', (random) => {
    const secret = spell(random, '{hex 32}');
    return [`https://api.openweathermap.org/data/2.5/weather?q=Bern&appid=${secret}`, secret];
  }),
  named('yelp', 'YELP_API_KEY', '{url 128}'),
  named('foursquare', 'FOURSQUARE_API_KEY', 'fsq3{b64 43}='),
  token('adafruit', 'ADAFRUIT_IO_KEY', 'aio_{alnum 28}'),
  named('particle', 'PARTICLE_ACCESS_TOKEN', '{hex 40}'),
  token('riot', 'RIOT_API_KEY', 'RGAPI-{uuid}'),
  token('readme', 'README_API_KEY', 'rdme_{lownum 70}'),
  token('frameio', 'FRAMEIO_TOKEN', 'fio-u-{url 64}'),
  named('meraki', 'MERAKI_DASHBOARD_API_KEY', '{hex 40}'),
  named('bamboohr', 'BAMBOOHR_API_KEY', '{hex 40}'),
  named('hcaptcha', 'HCAPTCHA_SECRET', '0x{hex 40}'),
  token('hcaptcha-new', 'HCAPTCHA_SECRET', 'ES_{hex 32}'),
  named('recaptcha', 'RECAPTCHA_SECRET_KEY', '6L{url 38}'),
  token('adobe', 'ADOBE_CLIENT_SECRET', 'p8e-{url 32}'),
  token('knock', 'KNOCK_API_KEY', 'sk_live_{url 43}'),
  token('svix', 'SVIX_WEBHOOK_SECRET', 'whsec_{b64 32}'),
  shaped('zapier-webhook', (random) => {
    const secret = spell(random, '{lownum 7}');
    return [`https://hooks.zapier.com/hooks/catch/${spell(random, '{dig 7}')}/${secret}/`, secret];
  }),
  shaped('roblox-cookie', (random) => {
    const secret = spell(random, '{HEX 300}');
    return [`Cookie: .ROBLOSECURITY=_|WARNING:-DO-NOT-SHARE-THIS.|_${secret}; lang=en`, secret];
  }),
];
