import { ALNUM, ANY_HEX, BASE64, BASE64URL, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

const ES_AND_HEX = Array.from('0123456789abcdef', (digit) => `ES_${digit}`);

// prettier-ignore
export const IDENTITY_RULES: readonly Rule[] = [
  follows('okta-token', ['SSWS '], parts('00', run(BASE64URL, 40)), '000Bk0t-3Zf2_EOglw_p3iCZz5rvUIlNJfXwViVI-d', 'SSWS {{apikey}}'),
  near('okta-token', ['okta'], parts('00', run(BASE64URL, 40)), '00IuiUWtnGpgvtPg0Hl3X9sMXSYUzZXN2eOTvwEK0E', 'okta: "https://dev-00abcdefgh1234567.okta.com"'),
  begins('jumpcloud-key', ['jca_'], run(ALNUM, 36, 40), '4EOwde4jIrrLC7CPKNyIcyDcr45GHZqHZH2M', 'jca_provider'),
  near('duo-secret-key', ['skey'], run(ALNUM, 40), 'egpi5pH3L0wVL6POL4To2N9O2M4gpFaqRDeoW25C', 'skey: "<your skey>"'),
  begins('stytch-secret', ['secret-live-', 'secret-test-'], run(BASE64URL, 36, 44), 'uxj15M7by9tAdY4HvVd47gQsq1D-ghs9DD_A', 'secret-test-of-the-manager'),
  begins('workos-key', ['sk_a2V5Xz'], run(ALNUM, 20, 200), 'gDWzzfOFq7w532NyTFxt', 'sk_a2V5Xz is base64 of "key_"'),
  begins('linkedin-client-secret', ['WPL_AP0.', 'WPL_AP1.'], parts(run(ALNUM, 16), '.', run(BASE64, 8)), 'QzFedhExDxIV0wy8.7hLihtaK', 'WPL_AP1.<secret>'),
  begins('persona-key', ['persona_production_', 'persona_sandbox_'], UUID, '9f2ac2eb-7ed5-91dc-e11b-89bf25617450', 'persona_sandbox_key'),
  begins('onfido-token', ['api_live.', 'api_sandbox.', 'api_live_us.', 'api_live_ca.'], parts(run(BASE64URL, 11), '.', run(BASE64URL, 32)), 'sTx054ZzaR1.qDKSYn-jAsKHG0CURdR0akHw5faoHwHD', 'api_live.example.com'),
  begins('pangea-token', ['pts_', 'ptu_'], run(LOWER_ALNUM, 32), 'icfyuuh6ju47487px50qsg9cxmd0v9sy', 'pts_to_frames'),
  begins('intra42-secret', ['s-s4t2ud-', 's-s4t2af-'], run(HEX, 64), '460a3e6336d5f803abb389218080dc5825f70f53d121e105f5ef43d8e952181c', 's-s4t2ud-<client secret>'),
  begins('turnstile-secret', ['0x4AAAAAAA'], run(BASE64URL, 24, 32), 'CC2kWOD6rluxS_ILw1OF-yx4', '0x4AAAAAAADnPIDROrmt1Wwj'),
  near('hcaptcha-secret', ['hcaptcha'], oneOf(parts('ES_', run(HEX, 32)), parts('0x', run(ANY_HEX, 40))), 'ES_e2e9de1542ae2385bf8a2dfa051452e3', 'hcaptcha: "10000000-ffff-ffff-ffff-000000000001"'),
  near('onelogin-secret', ['onelogin'], run(ANY_HEX, 64), 'D4B1afdBc89fCC53A3FCa29B444f287d78CebDc275FFD5595452Cd75FE6e8E0e', 'onelogin: "subdomain-of-the-company"'),
  begins('hcaptcha-secret', ES_AND_HEX, run(HEX, 31), 'adb59261ff2d3c425c8d99d19bdd0b6', 'ES_0 is a segment'),
];
