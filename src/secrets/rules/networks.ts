import { ALNUM, BASE64URL, DOTTED, HEX } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const NETWORK_RULES: readonly Rule[] = [
  begins('tailscale-key', ['tskey-'], run(BASE64URL, 20, 90)),
  begins('netbird-token', ['nbp_'], run(ALNUM, 36)),
  begins('defined-networking-token', ['dnkey-'], parts(run(BASE64URL, 26), '-', run(BASE64URL, 52))),
  near('zerotier-token', ['zerotier'], run(ALNUM, 32)),
  near('ngrok-token', ['ngrok'], oneOf(parts(run(ALNUM, 25, 30), '_', run(ALNUM, 20, 24)), parts('cr_', run(ALNUM, 25, 30)), parts('ak_', run(ALNUM, 25, 30)))),
  near('meraki-key', ['meraki'], run(HEX, 40)),
  begins('proxmox-token', ['PVEAPIToken='], parts(run(DOTTED, 1, 40), '@', run(DOTTED, 2, 20), '!', run(DOTTED, 1, 40), '=', UUID)),
];
