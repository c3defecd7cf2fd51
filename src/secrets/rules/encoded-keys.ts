import { ANY_HEX, BASE64, HEX } from '../scan/alphabets.ts';
import { parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const ENCODED_KEY_RULES: readonly Rule[] = [
  begins('private-key', ['LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBL', 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t', 'LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtF', 'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg', 'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFU', 'LS0tLS1CRUdJTiBEU0EgUFJJVkFURSBL', 'LS0tLS1CRUdJTiBQR1AgUFJJVkFURSBL'], run(BASE64, 60, 16384)),
  // The same keys in DER: of RSA, in both of its forms, of elliptic curves and of Ed25519.
  begins('private-key', ['MIICdQIBADANBgkqhkiG9w0BAQEFAASC', 'MIICdgIBADANBgkqhkiG9w0BAQEFAASC', 'MIICdwIBADANBgkqhkiG9w0BAQEFAASC', 'MIICeAIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEuwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvAIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvgIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/QIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/gIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/wIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQQIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQgIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJRAIBADANBgkqhkiG9w0BAQEFAASC'], run(BASE64, 60, 16384)),
  begins('private-key', ['MIICWwIBAAKBgQ', 'MIICXAIBAAKBgQ', 'MIICXQIBAAKBgQ', 'MIICXgIBAAKBgQ', 'MIIEogIBAAKCAQEA', 'MIIEowIBAAKCAQEA', 'MIIEpAIBAAKCAQEA', 'MIIEpQIBAAKCAQEA', 'MIIEpgIBAAKCAQEA', 'MIIG4wIBAAKCAYEA', 'MIIG5AIBAAKCAYEA', 'MIIG5QIBAAKCAYEA', 'MIIJJwIBAAKCAgEA', 'MIIJKAIBAAKCAgEA', 'MIIJKQIBAAKCAgEA', 'MIIJKgIBAAKCAgEA'], run(BASE64, 60, 16384)),
  begins('private-key', ['MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg', 'MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDA', 'MHcCAQEEI', 'MIGkAgEBBD'], run(BASE64, 40, 400)),
  begins('private-key', ['MC4CAQAwBQYDK2VwBCIEI', 'MC4CAQAwBQYDK2VuBCIEI'], run(BASE64, 43)),
  begins('private-key', ['b3BlbnNzaC1rZXktdjEA'], run(BASE64, 60, 16384)),
  begins('putty-key', ['UHVUVFktVXNlci1LZXktRmls'], run(BASE64, 60, 16384)),
  // {"type": "service_account", …}, as it is written and printed.
  begins('google-service-account', ['eyJ0eXBlIjoic2VydmljZV9hY2NvdW50', 'eyJ0eXBlIjogInNlcnZpY2VfYWNjb3Vud', 'ewogICJ0eXBlIjogInNlcnZpY2VfYWNjb3Vud', 'ewogICAgInR5cGUiOiAic2VydmljZV9hY2NvdW50'], run(BASE64, 60, 16384)),
  // Wallets and nodes.
  begins('lightning-macaroon', ['0201036c6e64'], run(HEX, 80, 1200)),
  near('private-key', ['private_key', 'privatekey', 'private key', 'private-key', 'private.key'], parts('0x', run(ANY_HEX, 64))),
];
