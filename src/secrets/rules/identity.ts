import { ALNUM, ANY_HEX, BASE64, BASE64URL, HEX, LOWER_ALNUM, UPPER_ALNUM } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

const ES_AND_HEX = Array.from('0123456789abcdef', (digit) => `ES_${digit}`);

// prettier-ignore
export const IDENTITY_RULES: readonly Rule[] = [
  // The first letter says that it is a seed, the second whose.
  begins('nats-seed', ['SUA', 'SUB', 'SUC', 'SUD', 'SAA', 'SAB', 'SAC', 'SAD'], run(UPPER_ALNUM, 55)),
  follows('okta-token', ['SSWS '], parts('00', run(BASE64URL, 40))),
  near('okta-token', ['okta'], parts('00', run(BASE64URL, 40))),
  begins('jumpcloud-key', ['jca_'], run(ALNUM, 36, 40)),
  near('duo-secret-key', ['skey'], run(ALNUM, 40)),
  begins('stytch-secret', ['secret-live-', 'secret-test-'], run(BASE64URL, 36, 44)),
  begins('workos-key', ['sk_a2V5Xz'], run(ALNUM, 20, 200)),
  begins('linkedin-client-secret', ['WPL_AP0.', 'WPL_AP1.'], parts(run(ALNUM, 16), '.', run(BASE64, 8))),
  begins('persona-key', ['persona_production_', 'persona_sandbox_'], UUID),
  begins('onfido-token', ['api_live.', 'api_sandbox.', 'api_live_us.', 'api_live_ca.'], parts(run(BASE64URL, 11), '.', run(BASE64URL, 32))),
  begins('pangea-token', ['pts_', 'ptu_'], run(LOWER_ALNUM, 32)),
  begins('intra42-secret', ['s-s4t2ud-', 's-s4t2af-'], run(HEX, 64)),
  begins('turnstile-secret', ['0x4AAAAAAA'], run(BASE64URL, 24, 32)),
  near('hcaptcha-secret', ['hcaptcha'], oneOf(parts('ES_', run(HEX, 32)), parts('0x', run(ANY_HEX, 40)))),
  near('onelogin-secret', ['onelogin'], run(ANY_HEX, 64)),
  begins('hcaptcha-secret', ES_AND_HEX, run(HEX, 31)),
];
