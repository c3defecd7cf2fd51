import { ANY_HEX, BASE64, HEX } from '../scan/alphabets.ts';
import { parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const ENCODED_KEY_RULES: readonly Rule[] = [
  begins('private-key', ['LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBL', 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t', 'LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtF', 'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg', 'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFU', 'LS0tLS1CRUdJTiBEU0EgUFJJVkFURSBL', 'LS0tLS1CRUdJTiBQR1AgUFJJVkFURSBL'], run(BASE64, 60, 16384), 'GVMuz++IXL3dsbnlUKi1EeQdAgPvXmQmUhUk2a/MHB2yJGTjxzWJhYJkVtdT', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  // The same keys in DER: of RSA, in both of its forms, of elliptic curves and of Ed25519.
  begins('private-key', ['MIICdQIBADANBgkqhkiG9w0BAQEFAASC', 'MIICdgIBADANBgkqhkiG9w0BAQEFAASC', 'MIICdwIBADANBgkqhkiG9w0BAQEFAASC', 'MIICeAIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEuwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvAIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvgIBADANBgkqhkiG9w0BAQEFAASC', 'MIIEvwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/QIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/gIBADANBgkqhkiG9w0BAQEFAASC', 'MIIG/wIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQQIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQgIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJQwIBADANBgkqhkiG9w0BAQEFAASC', 'MIIJRAIBADANBgkqhkiG9w0BAQEFAASC'], run(BASE64, 60, 16384), 'P7gdXh8L1pE8/KLweCEUqIFqbb93OAYhmIhhwCiXWwEjWi2dMs35rHftGlXT', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA begins a public key'),
  begins('private-key', ['MIICWwIBAAKBgQ', 'MIICXAIBAAKBgQ', 'MIICXQIBAAKBgQ', 'MIICXgIBAAKBgQ', 'MIIEogIBAAKCAQEA', 'MIIEowIBAAKCAQEA', 'MIIEpAIBAAKCAQEA', 'MIIEpQIBAAKCAQEA', 'MIIEpgIBAAKCAQEA', 'MIIG4wIBAAKCAYEA', 'MIIG5AIBAAKCAYEA', 'MIIG5QIBAAKCAYEA', 'MIIJJwIBAAKCAgEA', 'MIIJKAIBAAKCAgEA', 'MIIJKQIBAAKCAgEA', 'MIIJKgIBAAKCAgEA'], run(BASE64, 60, 16384), 'PuYCVmDFR2acm7SdHyJOH2ymH3nT+E+AHi4F4xYs5plvx4ja7dNZkQKfEZB5', 'MIIBCgKCAQEA begins a public key'),
  begins('private-key', ['MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg', 'MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDA', 'MHcCAQEEI', 'MIGkAgEBBD'], run(BASE64, 40, 400), 'bPyZeh6u2he6D6vCdBmaXrtCQP23EECpXLD9W1DG', 'MHcCAQEEI begins a key'),
  begins('private-key', ['MC4CAQAwBQYDK2VwBCIEI', 'MC4CAQAwBQYDK2VuBCIEI'], run(BASE64, 43), 'HlPq3w4F9DQkQ1D7B8cD3uBzt8JOiorbshXQZmvRyBB', 'MCowBQYDK2VwAyEA begins a public key'),
  begins('private-key', ['b3BlbnNzaC1rZXktdjEA'], run(BASE64, 60, 16384), 'xJe3wpuyPLNdd5bEvOOYw22NG9cB4lC1/OWaJb6cjrNCbjopNZWOaKEtddyi', 'b3BlbnNzaC1rZXktdjEA is "openssh-key-v1"'),
  begins('putty-key', ['UHVUVFktVXNlci1LZXktRmls'], run(BASE64, 60, 16384), 'd+257Kst1B5//cajsC3/+Qc/vAJj/qjKrj/FqOkEWMpwmofhe1U2j+h4m49C', 'UHVUVFktVXNlci1LZXktRmlsZS0zOg=='),
  // {"type": "service_account", …}, as it is written and printed.
  begins('google-service-account', ['eyJ0eXBlIjoic2VydmljZV9hY2NvdW50', 'eyJ0eXBlIjogInNlcnZpY2VfYWNjb3Vud', 'ewogICJ0eXBlIjogInNlcnZpY2VfYWNjb3Vud', 'ewogICAgInR5cGUiOiAic2VydmljZV9hY2NvdW50'], run(BASE64, 60, 16384), 'j0T8VYyaC2BgMuCl/l7JTs3UL6rZunEDppK1cQq2wJH9Z48gJtJwhgCARWWD', 'eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCJ9'),
  // Wallets and nodes.
  begins('lightning-macaroon', ['0201036c6e64'], run(HEX, 80, 1200), '3acf2ae7aae6a07151ecae231e52a79df0889bc50df21d06a5948d7f5754f96d1c7c9e5d53f62a9a', '0201036c6e64'),
  near('private-key', ['private_key', 'privatekey', 'private key', 'private-key', 'private.key'], parts('0x', run(ANY_HEX, 64)), '0xcd268a29a0d347301ef56e64dc3cd6089065c3146e80a9c222670bbe4f4c5497', 'private_key_hash: "0x7656cf2d133187c8df95247f2866028de71159b42b4ea410fb9102f29a422eb1"'),
];
