import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';
import { strongPassword } from './passwords.ts';

export const CHAT_KINDS: readonly Kind[] = [
  token('slack-bot', 'SLACK_BOT_TOKEN', 'xoxb-{dig 12}-{dig 13}-{alnum 24}'),
  token('slack-bot-old', 'SLACK_TOKEN', 'xoxb-{dig 12}-{alnum 24}'),
  token('slack-user', 'SLACK_USER_TOKEN', 'xoxp-{dig 12}-{dig 12}-{dig 12}-{hex 32}'),
  token('slack-workspace', 'SLACK_TOKEN', 'xoxa-2-{dig 12}-{dig 12}-{dig 12}-{hex 32}'),
  token('slack-legacy', 'SLACK_TOKEN', 'xoxs-{dig 12}-{dig 12}-{dig 12}-{hex 10}'),
  token('slack-app', 'SLACK_APP_TOKEN', 'xapp-{dig 1}-A{UPNUM 10}-{dig 13}-{hex 64}'),
  token('slack-config-access', 'SLACK_CONFIG_TOKEN', 'xoxe.xoxp-1-{alnum 163}'),
  token('slack-config-refresh', 'SLACK_REFRESH_TOKEN', 'xoxe-1-{alnum 146}'),
  shaped('slack-browser', (random) => {
    const [token, cookie] = [
      spell(random, 'xoxc-{dig 12}-{dig 12}-{dig 13}-{hex 64}'),
      spell(random, 'xoxd-{alnum 60}%2B{alnum 40}%3D'),
    ];
    return [`curl -b 'd=${cookie}' -F token=${token} https://acme.slack.com/api/users.list`, token, cookie];
  }),
  shaped('slack-webhook', (random) => {
    const secret = spell(random, '{alnum 24}');
    return [
      `curl -X POST https://hooks.slack.com/services/${spell(random, 'T{UPNUM 10}/B{UPNUM 10}')}/${secret} -d '{}'`,
      secret,
    ];
  }),
  shaped('slack-workflow', (random) => {
    const secret = spell(random, '{hex 32}');
    return [`url: https://hooks.slack.com/triggers/${spell(random, 'T{UPNUM 10}/{dig 13}')}/${secret}`, secret];
  }),
  named('slack-signing-secret', 'SLACK_SIGNING_SECRET', '{hex 32}'),
  token('discord-bot', 'DISCORD_TOKEN', '{account}.G{alnum 5}.{url 38}'),
  token('discord-mfa', 'DISCORD_TOKEN', 'mfa.{url 84}'),
  named('discord-client-secret', 'DISCORD_CLIENT_SECRET', '{url 32}'),
  shaped('discord-webhook', (random) => {
    const secret = spell(random, '{url 68}');
    const host = random.pick(['discord.com', 'discordapp.com', 'canary.discord.com']);
    return [`webhook: "https://${host}/api/webhooks/${spell(random, '{dig 19}')}/${secret}"`, secret];
  }),
  token('telegram-bot', 'TELEGRAM_BOT_TOKEN', '{dig 10}:AA{url 33}'),
  shaped('telegram-url', (random) => {
    const secret = spell(random, 'AA{url 33}');
    return [`GET https://api.telegram.org/bot${spell(random, '{dig 10}')}:${secret}/getMe`, secret];
  }),
  shaped('teams-webhook', (random) => {
    const secret = spell(random, '{hex 32}');
    const address = `https://acme.webhook.office.com/webhookb2/${spell(random, '{uuid}@{uuid}')}/IncomingWebhook`;
    return [`"teams": "${address}/${secret}/${spell(random, '{uuid}')}"`, secret];
  }),
  shaped('teams-workflow', (random) => {
    const secret = spell(random, '{url 43}');
    const path = `workflows/${spell(random, '{hex 32}')}/triggers/manual/paths/invoke`;
    return [
      `https://prod-07.westeurope.logic.azure.com:443/${path}?api-version=2016-06-01&sp=%2Frun&sv=1.0&sig=${secret}`,
      secret,
    ];
  }),
  shaped('google-chat-webhook', (random) => {
    const secret = spell(random, '{url 43}');
    const address = `https://chat.googleapis.com/v1/spaces/${spell(random, 'AAAA{alnum 7}')}/messages`;
    return [`${address}?key=${spell(random, 'AIza{url 35}')}&token=${secret}`, secret];
  }),
  named('twilio-auth-token', 'TWILIO_AUTH_TOKEN', '{hex 32}'),
  named('twilio-api-secret', 'TWILIO_API_SECRET', '{alnum 32}'),
  token('twilio-api-key', 'TWILIO_API_KEY', 'SK{hex 32}'),
  shaped('twilio-client', (random) => {
    const secret = spell(random, '{hex 32}');
    return [`const client = require('twilio')('${spell(random, 'AC{hex 32}')}', '${secret}');`, secret];
  }),
  named('mattermost', 'MATTERMOST_TOKEN', '{lownum 26}'),
  named('zoom', 'ZOOM_CLIENT_SECRET', '{alnum 32}'),
  named('zulip', 'ZULIP_API_KEY', '{alnum 32}'),
  token('matrix', 'MATRIX_ACCESS_TOKEN', 'syt_{alnum 12}_{letter 20}_{alnum 6}'),
  named('line', 'LINE_CHANNEL_ACCESS_TOKEN', '{b64 170}='),
  named('dingtalk', 'DINGTALK_SECRET', 'SEC{hex 64}'),
  shaped('dingtalk-webhook', (random) => {
    const secret = spell(random, '{hex 64}');
    return [`https://oapi.dingtalk.com/robot/send?access_token=${secret}`, secret];
  }),
  shaped('feishu-webhook', (random) => {
    const secret = spell(random, '{uuid}');
    return [`https://open.feishu.cn/open-apis/bot/v2/hook/${secret}`, secret];
  }),
  named('vonage', 'VONAGE_API_SECRET', '{alnum 16}'),
  named('messagebird', 'MESSAGEBIRD_ACCESS_KEY', 'live_{alnum 25}'),
  named('pusher', 'PUSHER_APP_SECRET', '{hex 20}'),
  named('ably', 'ABLY_API_KEY', '{alnum 6}.{alnum 6}:{url 43}'),
  named('sendbird', 'SENDBIRD_API_TOKEN', '{hex 40}'),
  shaped('irc-identify', (random) => {
    const secret = strongPassword(random);
    return [`/msg NickServ IDENTIFY jo ${secret}`, secret];
  }),
];
