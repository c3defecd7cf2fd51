import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';
import { addressPassword, password } from './passwords.ts';

export const MAIL_KINDS: readonly Kind[] = [
  token('sendgrid', 'SENDGRID_API_KEY', 'SG.{url 22}.{url 43}'),
  token('mailgun', 'MAILGUN_API_KEY', 'key-{hex 32}'),
  named('mailgun-new', 'MAILGUN_API_KEY', '{hex 32}-{hex 8}-{hex 8}'),
  shaped('mailgun-curl', (random) => {
    const secret = spell(random, 'key-{hex 32}');
    return [`curl -s --user 'api:${secret}' https://api.mailgun.net/v3/example.com/messages`, secret];
  }),
  token('mailchimp', 'MAILCHIMP_API_KEY', '{hex 32}-us{dig 2}'),
  named('mandrill', 'MANDRILL_API_KEY', '{url 22}'),
  named('postmark', 'POSTMARK_SERVER_TOKEN', '{uuid}'),
  shaped('postmark-header', (random) => {
    const secret = spell(random, '{uuid}');
    return [`curl https://api.postmarkapp.com/email -H "X-Postmark-Server-Token: ${secret}"`, secret];
  }),
  token('resend', 'RESEND_API_KEY', 're_{alnum 8}_{alnum 24}'),
  token('brevo', 'BREVO_API_KEY', 'xkeysib-{hex 64}-{alnum 16}'),
  token('brevo-smtp', 'BREVO_SMTP_KEY', 'xsmtpsib-{hex 64}-{alnum 16}'),
  named('sparkpost', 'SPARKPOST_API_KEY', '{hex 40}'),
  named('mailjet', 'MAILJET_SECRET_KEY', '{hex 32}'),
  named('klaviyo', 'KLAVIYO_PRIVATE_KEY', 'pk_{hex 34}'),
  token('mailersend', 'MAILERSEND_API_KEY', 'mlsn.{hex 64}'),
  named('elastic-email', 'ELASTIC_EMAIL_API_KEY', '{HEX 96}'),
  named('mailtrap', 'MAILTRAP_API_TOKEN', '{hex 32}'),
  token('onesignal', 'ONESIGNAL_API_KEY', 'os_v2_app_{lownum 103}'),
  token('nylas', 'NYLAS_API_KEY', 'nyk_v0_{alnum 64}'),
  shaped('smtp-url', (random) => {
    const secret = addressPassword(random);
    return [`MAILER_DSN=smtp${random.pick(['', 's'])}://apikey:${secret}@smtp.example.com:587`, secret];
  }),
  shaped('smtp-settings', (random) => {
    const secret = password(random);
    return [`SMTP_HOST=smtp.example.com\nSMTP_USER=mailer\nSMTP_PASS=${secret}\nSMTP_PORT=587`, secret];
  }),
  shaped('nodemailer', (random) => {
    const secret = password(random);
    return [
      `nodemailer.createTransport({ host: 'smtp.example.com', auth: { user: 'jo', pass: '${secret}' } })`,
      secret,
    ];
  }),
  shaped('phpmailer', (random) => {
    const secret = password(random);
    return [`$mail->Username = 'jo@example.com';\n$mail->Password = '${secret}';\n$mail->Port = 465;`, secret];
  }),
  shaped('gmail-app-password', (random) => {
    const secret = spell(random, '{low 4} {low 4} {low 4} {low 4}');
    return [`EMAIL_HOST_USER = 'jo@gmail.com'\nEMAIL_HOST_PASSWORD = '${secret}'`, secret];
  }),
  shaped('msmtprc', (random) => {
    const secret = password(random);
    return [`account default\nhost smtp.example.com\nuser jo\npassword ${secret}\n`, secret];
  }),
];
