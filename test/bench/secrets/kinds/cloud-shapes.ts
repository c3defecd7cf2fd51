import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { shaped } from './define.ts';
import { base64urlOf } from './encode.ts';
import { escapedPem } from './pem.ts';

/** Files, addresses and answers of clouds that hold secrets. */
export const CLOUD_SHAPE_KINDS: readonly Kind[] = [
  shaped('aws-credentials-file', (random) => {
    const [id, secret] = [spell(random, 'AKIA{b32 16}'), spell(random, '{b64 40}')];
    return [
      `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\nregion = eu-west-1\n`,
      id,
      secret,
    ];
  }),
  shaped('aws-assume-role', (random) => {
    const keys = { AccessKeyId: spell(random, 'ASIA{b32 16}'), SecretAccessKey: spell(random, '{b64 40}') };
    const credentials = { ...keys, SessionToken: spell(random, 'IQoJb3JpZ2luX2Vj{b64 300}=') };
    return [JSON.stringify({ Credentials: credentials }, null, 4), ...Object.values(credentials)];
  }),
  shaped('aws-console-csv', (random) => {
    const [id, secret] = [spell(random, 'AKIA{b32 16}'), spell(random, '{b64 40}')];
    return [`Access key ID,Secret access key\n${id},${secret}\n`, id, secret];
  }),
  shaped('aws-configure', (random) => {
    const [id, secret] = [spell(random, 'AKIA{b32 16}'), spell(random, '{b64 40}')];
    return [`$ aws configure\nAWS Access Key ID [None]: ${id}\nAWS Secret Access Key [None]: ${secret}\n`, id, secret];
  }),
  shaped('aws-boto', (random) => {
    const [id, secret] = [spell(random, 'AKIA{b32 16}'), spell(random, '{b64 40}')];
    const keywords = `    aws_access_key_id="${id}",\n    aws_secret_access_key="${secret}",`;
    return [`s3 = boto3.client(\n    "s3",\n${keywords}\n)`, id, secret];
  }),
  shaped('aws-presigned-url', (random) => {
    const [signature, key] = [spell(random, '{hex 64}'), spell(random, 'ASIA{b32 16}')];
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${key}%2F20260304%2Feu-west-1%2Fs3%2Faws4_request`;
    return [`https://acme.s3.amazonaws.com/a.zip?${query}&X-Amz-Expires=3600&X-Amz-Signature=${signature}`, signature];
  }),
  shaped('aws-security-token-url', (random) => {
    const token = spell(random, 'IQoJb3JpZ2luX2VjE{alnum 200}%3D%3D');
    return [`https://acme.s3.amazonaws.com/a.zip?X-Amz-Security-Token=${token}&X-Amz-Expires=900`, token];
  }),
  shaped('s3cmd', (random) => {
    const secret = spell(random, '{alnum 40}');
    return [`[default]\naccess_key = ${spell(random, '{UPNUM 20}')}\nsecret_key = ${secret}\nuse_https = True`, secret];
  }),
  shaped('rclone', (random) => {
    const secret = spell(random, '{alnum 40}');
    return [`[b2]\ntype = s3\nprovider = Wasabi\nsecret_access_key = ${secret}\nregion = eu-central-1`, secret];
  }),
  shaped('gcp-service-account', (random) => {
    const { text, lines } = escapedPem(random, '', 26);
    const account = [
      '"type": "service_account"',
      '"project_id": "acme-prod"',
      `"private_key_id": "${spell(random, '{hex 40}')}"`,
      `"private_key": "${text}\\n"`,
      '"client_email": "ci@acme-prod.iam.gserviceaccount.com"',
    ];
    return [`{\n  ${account.join(',\n  ')}\n}`, ...lines];
  }),
  shaped('gcp-user-credentials', (random) => {
    const secret = spell(random, 'd-{url 22}');
    const refresh = spell(random, '1//0{url 64}');
    const fields = { account: '', client_id: '764086051850-6qr4p6g.apps.googleusercontent.com', client_secret: secret };
    return [JSON.stringify({ ...fields, refresh_token: refresh, type: 'authorized_user' }, null, 2), secret, refresh];
  }),
  shaped('azure-storage-connection', (random) => {
    const key = spell(random, '{b64 86}==');
    const account = 'DefaultEndpointsProtocol=https;AccountName=acmeprod';
    return [`AzureWebJobsStorage=${account};AccountKey=${key};EndpointSuffix=core.windows.net`, key];
  }),
  shaped('azure-sas-url', (random) => {
    const signature = spell(random, '{alnum 41}%3D');
    const query = `sv=2022-11-02&ss=b&srt=co&sp=rl&se=2026-12-31T00%3A00%3A00Z&sig=${signature}`;
    return [`https://acmeprod.blob.core.windows.net/backups/db.bak?${query}`, signature];
  }),
  shaped('azure-service-bus', (random) => {
    const key = spell(random, '{b64 43}=');
    const policy = 'SharedAccessKeyName=RootManageSharedAccessKey';
    return [`Endpoint=sb://acme.servicebus.windows.net/;${policy};SharedAccessKey=${key};EntityPath=orders`, key];
  }),
  shaped('azure-sas-header', (random) => {
    const signature = spell(random, '{alnum 41}%3D');
    const resource = 'sr=https%3A%2F%2Facme.servicebus.windows.net%2Forders';
    return [`Authorization: SharedAccessSignature ${resource}&sig=${signature}&se=1790000000&skn=send`, signature];
  }),
  shaped('azure-iot-hub', (random) => {
    const key = spell(random, '{b64 43}=');
    return [`HostName=acme.azure-devices.net;DeviceId=pump-7;SharedAccessKey=${key}`, key];
  }),
  shaped('azure-cosmos', (random) => {
    const key = spell(random, '{b64 86}==');
    return [`"CosmosConnection": "AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey=${key};"`, key];
  }),
  shaped('azure-function-url', (random) => {
    const key = spell(random, '{url 54}==');
    return [`curl https://acme.azurewebsites.net/api/orders?code=${key}`, key];
  }),
  shaped('azure-app-configuration', (random) => {
    const secret = spell(random, '{b64 43}=');
    return [
      `Endpoint=https://acme.azconfig.io;Id=${spell(random, '{alnum 4}-l0-s0:{b64 20}')};Secret=${secret}`,
      secret,
    ];
  }),
  shaped('azure-signalr', (random) => {
    const key = spell(random, '{b64 43}=');
    return [`"ConnectionString": "Endpoint=https://acme.service.signalr.net;AccessKey=${key};Version=1.0;"`, key];
  }),
  shaped('azure-redis', (random) => {
    const key = spell(random, '{b64 43}=');
    return [`acme.redis.cache.windows.net:6380,password=${key},ssl=True,abortConnect=False`, key];
  }),
  shaped('azure-service-principal', (random) => {
    const secret = spell(random, '{alnum 3}8Q~{url 34}');
    const principal = {
      appId: spell(random, '{uuid}'),
      displayName: 'ci',
      password: secret,
      tenant: spell(random, '{uuid}'),
    };
    return [JSON.stringify(principal, null, 2), secret];
  }),
  shaped('akamai-edgerc', (random) => {
    const secret = spell(random, '{b64 43}=');
    const [client, access] = [
      spell(random, 'akab-{lownum 16}-{lownum 16}'),
      spell(random, 'akab-{lownum 16}-{lownum 16}'),
    ];
    const lines = [`client_secret = ${secret}`, 'host = akab-acme.luna.akamaiapis.net', `access_token = ${access}`];
    return [`[default]\n${lines.join('\n')}\nclient_token = ${client}\n`, secret, access, client];
  }),
  shaped('cloudflare-tunnel', (random) => {
    const token = base64urlOf({
      a: spell(random, '{hex 32}'),
      t: spell(random, '{uuid}'),
      s: spell(random, '{b64 44}'),
    });
    return [`cloudflared tunnel run --token ${token}`, token];
  }),
  shaped('fly-macaroon', (random) => {
    const token = spell(random, 'fm2_{b64 180}');
    return [`Authorization: FlyV1 ${token}`, token];
  }),
  shaped('cloudinary-url', (random) => {
    const secret = spell(random, '{url 27}');
    return [`CLOUDINARY_URL=cloudinary://${spell(random, '{dig 15}')}:${secret}@acme`, secret];
  }),
  shaped('godaddy', (random) => {
    const secret = spell(random, '{alnum 22}');
    return [`Authorization: sso-key ${spell(random, '{alnum 12}_{alnum 22}')}:${secret}`, secret];
  }),
];
