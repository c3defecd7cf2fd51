import {
  ALNUM,
  ANY_HEX,
  BASE64,
  BASE64URL,
  DIGITS,
  ENCODED,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  TOKEN68,
  UPPER_ALNUM,
  URL_PATH,
} from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run, unlikeWords } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

const HEX_DIGITS = Array.from('0123456789abcdef');
const SK_AND_HEX = HEX_DIGITS.map((digit) => `SK${digit}`);
/** How two digits and half of the next begin in base64, the first of them no zero: `10` to `99`. */
const TWO_DIGITS = 'MT Mj Mz ND NT Nj Nz OD OT'
  .split(' ')
  .flatMap((first) => Array.from('AEIMQUYcgk', (second) => first + second));

// prettier-ignore
export const CHAT_RULES: readonly Rule[] = [
  begins('slack-token', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxo-', 'xoxc-', 'xapp-', 'xwfp-', 'xoxe.xox'], unlikeWords(run(BASE64URL, 20, 260))),
  follows('slack-webhook', ['hooks.slack.com/services/', 'hooks.slack.com/workflows/', 'hooks.slack.com/triggers/'], run(URL_PATH, 30, 80)),
  follows('discord-webhook', ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'], run(URL_PATH, 60, 120)),
  begins('slack-cookie', ['xoxd-'], run(TOKEN68 | ENCODED, 60, 400)),
  begins('discord-mfa-token', ['mfa.'], run(BASE64URL, 60, 100)),
  follows('teams-webhook', ['webhookb2/', 'outlook.office.com/webhook/', 'outlook.office365.com/webhook/'], parts(run(BASE64URL, 36), '@', run(BASE64URL, 36), '/', run(ALNUM, 4, 40), '/', run(ALNUM, 32), '/', run(URL_PATH, 36, 120))),
  follows('google-chat-webhook', ['/messages?key='], parts(run(BASE64URL, 39), '&token=', run(BASE64URL, 30, 64))),
  follows('chat-webhook', ['/hooks/'], oneOf(parts(run(ALNUM, 17, 24), '/', run(ALNUM, 40, 64)), run(LOWER_ALNUM, 26, 64))),
  follows('lark-webhook', ['v2/hook/'], UUID),
  follows('dingtalk-webhook', ['robot/send?access_token='], run(HEX, 64)),
  follows('wecom-webhook', ['webhook/send?key='], UUID),
  begins('africastalking-api-key', ['atsk_'], run(HEX, 64)),
  begins('twitch-stream-key', ['live_'], parts(run(DIGITS, 6, 12), '_', run(ALNUM, 28, 34))),
  begins('pubnub-key', ['sec-c-'], run(BASE64, 40, 64)),
  begins('pubnub-key', ['pub-c-', 'sub-c-'], UUID),
  begins('matrix-token', ['syt_'], parts(run(BASE64, 2, 100), '_', run(LETTERS, 20), '_', run(ALNUM, 6))),
  begins('matrix-token', ['mct_', 'mcr_'], parts(run(ALNUM, 30), '_', run(ALNUM, 6))),
  begins('courier-key', ['pk_prod_', 'dk_prod_', 'pk_test_', 'dk_test_'], run(UPPER_ALNUM, 28)),
  near('discord-bot-token', ['discord', 'bot.run', 'bot.login'], parts(run(BASE64URL, 24, 28), '.', run(BASE64URL, 6), '.', run(BASE64URL, 27, 40))),
  near('agora-certificate', ['agora'], run(HEX, 32)),
  near('plivo-token', ['plivo'], run(BASE64URL, 40)),
  near('telnyx-api-key', ['telnyx'], parts('KEY', run(ALNUM, 32), '_', run(BASE64URL, 22))),
  near('telegram-token', ['telegram'], parts(run(DIGITS, 5, 16), ':A', run(BASE64URL, 34))),
  near('twilio-token', ['twilio'], run(ALNUM, 32)),
  near('twitch-token', ['twitch'], run(ALNUM, 30)),
  near('vonage-secret', ['vonage', 'nexmo'], run(ALNUM, 16)),
  near('pusher-secret', ['pusher'], run(HEX, 20)),
  near('zulip-api-key', ['zulip'], run(ALNUM, 32)),
  near('webex-token', ['webex'], parts(run(ALNUM, 64), '_', run(ALNUM, 4), '_', UUID)),
  near('viber-token', ['viber'], parts(run(HEX, 16), '-', run(HEX, 16), '-', run(HEX, 16))),
  begins('matrix-token', ['MDAxY2xvY2F0aW9u', 'MDAxOGxvY2F0aW9u'], run(BASE64URL, 100, 600)),
  begins('intercom-token', ['dG9rOj'], run(BASE64, 48, 80)),
  begins('ntfy-token', ['tk_'], run(LOWER_ALNUM, 29)),
  begins('onesignal-key', ['os_v2_app_', 'os_v2_org_'], run(LOWER_ALNUM, 100, 110)),
  follows('guilded-webhook', ['guilded.gg/webhooks/'], run(URL_PATH, 60, 140)),
  follows('zapier-webhook', ['/hooks/catch/'], parts(run(DIGITS, 4, 10), '/', run(ALNUM, 6, 12))),
  follows('ifttt-key', ['/with/key/'], run(BASE64URL, 22, 64)),
  near('sendbird-token', ['sendbird'], run(HEX, 40)),
  near('line-token', ['linenotify', 'line_notify'], run(ALNUM, 43, 52)),
  near('msg91-key', ['msg91'], run(ALNUM, 20, 32)),
  near('pushover-token', ['pushover'], run(LOWER_ALNUM, 30)),
  near('wechat-secret', ['wechat', 'weixin'], run(HEX, 32)),
  near('feishu-secret', ['larksuite'], run(ALNUM, 32)),
  near('rocketchat-token', ['rocketchat'], run(BASE64URL, 43)),
  near('mattermost-token', ['mattermost'], run(LOWER_ALNUM, 26)),
  near('kakao-key', ['kakao'], run(HEX, 32)),
  near('livekit-secret', ['livekit'], run(ALNUM, 43, 44)),
  near('clicksend-key', ['clicksend'], oneOf(UUID, run(UPPER_ALNUM, 36))),
  near('clickatell-key', ['clickatell'], run(BASE64URL, 24)),
  near('zoom-secret', ['zoomus', 'zoom_client', 'zoom_api'], run(ALNUM, 32, 36)),
  near('ably-api-key', ['ably_', 'ably.'], parts(run(BASE64URL, 6, 8), '.', run(BASE64URL, 6, 9), ':', run(BASE64URL, 22, 43))),
  begins('twilio-api-key', SK_AND_HEX, run(ANY_HEX, 31)),
  // An identifier of 17 to 19 digits in base64.
  begins('discord-bot-token', TWO_DIGITS, parts(run(ALNUM, 20, 23), '.', run(BASE64URL, 6, 7), '.', run(BASE64URL, 27, 40))),
  around('telegram-token', ':AA', { alphabet: DIGITS, min: 8, max: 10 }, run(BASE64URL, 32, 34)),
];
