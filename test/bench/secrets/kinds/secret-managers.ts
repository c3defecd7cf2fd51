import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';
import { password } from './passwords.ts';

export const SECRET_MANAGER_KINDS: readonly Kind[] = [
  token('vault-service', 'VAULT_TOKEN', 'hvs.{url 91}'),
  token('vault-batch', 'VAULT_TOKEN', 'hvb.{url 140}'),
  token('vault-recovery', 'VAULT_TOKEN', 'hvr.{url 91}'),
  named('vault-legacy', 'VAULT_TOKEN', 's.{alnum 24}'),
  shaped('vault-unseal-key', (random) => {
    const [key, root] = [spell(random, '{b64 44}'), spell(random, 'hvs.{alnum 24}')];
    return [`Unseal Key 1: ${key}\n\nInitial Root Token: ${root}\n`, key, root];
  }),
  shaped('vault-header', (random) => {
    const secret = spell(random, 's.{alnum 24}');
    return [`curl -H "X-Vault-Token: ${secret}" https://vault.example.com/v1/secret/data/app`, secret];
  }),
  shaped('vault-secret-id', (random) => {
    const secret = spell(random, '{uuid}');
    return [`vault write auth/approle/login role_id="${spell(random, '{uuid}')}" secret_id="${secret}"`, secret];
  }),
  shaped('vault-kv-get', (random) => {
    const secret = password(random);
    return [`====== Data ======\nKey         Value\n---         -----\npassword    ${secret}\nusername    svc`, secret];
  }),
  token('doppler-personal', 'DOPPLER_TOKEN', 'dp.pt.{alnum 43}'),
  token('doppler-service', 'DOPPLER_TOKEN', 'dp.st.prd.{alnum 43}'),
  token('doppler-account', 'DOPPLER_TOKEN', 'dp.sa.{alnum 43}'),
  token('doppler-cli', 'DOPPLER_TOKEN', 'dp.ct.{alnum 43}'),
  token('onepassword-service-account', 'OP_SERVICE_ACCOUNT_TOKEN', 'ops_eyJ{b64 320}='),
  token('onepassword-secret-key', 'OP_SECRET_KEY', 'A3-{UPNUM 6}-{UPNUM 6}-{UPNUM 5}-{UPNUM 5}-{UPNUM 5}-{UPNUM 5}'),
  named('onepassword-session', 'OP_SESSION_MY', '{url 43}'),
  token('infisical', 'INFISICAL_TOKEN', 'st.{hex 24}.{hex 32}.{hex 32}'),
  token('age', 'SOPS_AGE_KEY', 'AGE-SECRET-KEY-1{bech 58}'),
  shaped('age-file', (random) => {
    const secret = spell(random, 'AGE-SECRET-KEY-1{bech 58}');
    return [`# created: 2026-03-04T05:06:07Z\n# public key: age1qzv\n${secret}\n`, secret];
  }),
  token('pulumi', 'PULUMI_ACCESS_TOKEN', 'pul-{hex 40}'),
  shaped('ansible-inventory', (random) => {
    const [login, become] = [password(random), password(random)];
    return [`web1 ansible_user=deploy ansible_ssh_pass=${login} ansible_become_pass=${become}`, login, become];
  }),
  shaped('ansible-vars', (random) => {
    const secret = password(random);
    return [`---\nvault_db_password: ${secret}\nvault_db_user: svc\n`, secret];
  }),
  named('bitwarden-session', 'BW_SESSION', '{b64 86}=='),
  token('bitwarden-secrets', 'BWS_ACCESS_TOKEN', '0.{uuid}.{alnum 30}:{b64 22}=='),
  named('consul', 'CONSUL_HTTP_TOKEN', '{uuid}'),
  named('nomad', 'NOMAD_TOKEN', '{uuid}'),
  token('boundary', 'BOUNDARY_TOKEN', 'at_{alnum 10}_s1{alnum 150}'),
  shaped('dotenv-vault', (random) => {
    const secret = spell(random, 'key_{hex 64}');
    return [`DOTENV_KEY=dotenv://:${secret}@dotenv.org/vault/.env.vault?environment=production`, secret];
  }),
  named('dotenvx', 'DOTENV_PRIVATE_KEY_PRODUCTION', '{hex 64}'),
  named('rails-master-key', 'RAILS_MASTER_KEY', '{hex 32}'),
  named('rails-secret-key-base', 'SECRET_KEY_BASE', '{hex 128}'),
  shaped('laravel-app-key', (random) => {
    const secret = spell(random, '{b64 43}=');
    return [`APP_NAME=Shop\nAPP_KEY=base64:${secret}\nAPP_DEBUG=false`, secret];
  }),
  named('symfony-app-secret', 'APP_SECRET', '{hex 32}'),
  shaped('django-secret-key', (random) => {
    const secret = random.draw(50, 'abcdefghijklmnopqrstuvwxyz0123456789!@%^*(-_=+)');
    return [`SECRET_KEY = 'django-insecure-${secret}'`, secret];
  }),
  shaped('flask-secret-key', (random) => {
    const secret = spell(random, '{hex 48}');
    return [`app.secret_key = b'${secret}'`, secret];
  }),
  shaped('terraform-state', (random) => {
    const secret = password(random);
    return [`"attributes": {\n  "engine": "postgres",\n  "master_password": "${secret}",\n  "port": 5432\n}`, secret];
  }),
  shaped('terraform-output', (random) => {
    const secret = password(random);
    return [`Outputs:\n\ndb_host = "db.internal"\ndb_password = "${secret}"\n`, secret];
  }),
  shaped('aws-secrets-manager', (random) => {
    const secret = password(random);
    const inner = JSON.stringify({ username: 'svc', password: secret, engine: 'postgres' });
    return [JSON.stringify({ Name: 'prod/db', SecretString: inner }, null, 2), secret];
  }),
  named('jwt-secret', 'JWT_SECRET', '{alnum 32}'),
  named('session-secret', 'SESSION_SECRET', '{hex 40}'),
  named('cookie-secret', 'COOKIE_SECRET', '{b64 43}='),
  named('nextauth-secret', 'NEXTAUTH_SECRET', '{b64 43}='),
  named('encryption-key', 'ENCRYPTION_KEY', '{hex 64}'),
  named('webhook-secret', 'WEBHOOK_SECRET', '{url 32}'),
  named('signing-key', 'SIGNING_KEY', '{b64 44}'),
  named('admin-password', 'ADMIN_PASSWORD', '{alnum 14}'),
  named('passphrase', 'GPG_PASSPHRASE', '{alnum 18}'),
];
