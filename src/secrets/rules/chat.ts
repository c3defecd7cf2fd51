import { BASE64URL, URL_PATH } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, follows, type Rule } from './rule.ts';

// prettier-ignore
export const CHAT_RULES: readonly Rule[] = [
  begins('slack-token', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xapp-'], run(BASE64URL, 20, 260), '831705425856-683237617541-4nViD242rYEblcMwLglmcToP', 'xoxb-token'),
  follows('slack-webhook', ['hooks.slack.com/services/'], run(URL_PATH, 30, 80), 'T5FCRVY2N32/BDMJT5NCLHD/FdMzHMW3qmbQYyLomw4Grk6O', 'hooks.slack.com/services/T/B/X'),
  follows('discord-webhook', ['discord.com/api/webhooks/'], run(URL_PATH, 60, 120), '142756858168649058/qnJOW372IGymAhhE6b8T70c6Zi6fexTCCvJt7lMZdCsvmZKiGtyLxFd1VecXb5n1OXGZ', 'discord.com/api/webhooks/{id}/{token}'),
];
