import { ALNUM, BASE64URL, DIGITS, DOTTED, HEX } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const NETWORK_RULES: readonly Rule[] = [
  begins('tailscale-key', ['tskey-'], run(BASE64URL, 20, 90), 'a1jUlWyOwY73l4-mR2i5', 'tskey-auth-<key>'),
  begins('netbird-token', ['nbp_'], run(ALNUM, 36), 'YhRvkDHuxsRV92glB0qMaLOEZUHf67xEI7uI', 'nbp_token'),
  begins('defined-networking-token', ['dnkey-'], parts(run(BASE64URL, 26), '-', run(BASE64URL, 52)), 'Cc6oJD4rj3Ackm-LUuHTMuYQgP-T1fF2qTuYOrXv1iyLbKFIUBu_O2CorXheLRigRX9l6PltoSzKk2o', 'dnkey-<id>-<secret>'),
  near('zerotier-token', ['zerotier'], run(ALNUM, 32), 'C9QpWjakDCmlBDbNu4Crm9dwVUG6IYZx', 'zerotier: "network-8056c2e21c000001"'),
  near('ngrok-token', ['ngrok'], oneOf(parts(run(ALNUM, 25, 30), '_', run(ALNUM, 20, 24)), parts('cr_', run(ALNUM, 25, 30)), parts('ak_', run(ALNUM, 25, 30))), 'i93yRUoujP10DxeIZGYfX8wqD_GjFXLjF25QB2AuVgSzyy', 'ngrok: "http://127.0.0.1:4040"'),
  near('meraki-key', ['meraki'], run(HEX, 40), '03bdab373d7889e47f6bdb247792d243cb0bee15', 'meraki: "api.meraki.com/api/v1"'),
  begins('proxmox-token', ['PVEAPIToken='], parts(run(DOTTED, 1, 40), '@', run(DOTTED, 2, 20), '!', run(DOTTED, 1, 40), '=', UUID), 'X4Lt@IrVZU7t8!dM5E=a3f2be4c-00d4-a4cb-d3d8-35657e5cf267', 'PVEAPIToken=USER@REALM!TOKENID=UUID'),
  near('truenas-key', ['login_with_api_key'], parts(run(DIGITS, 1, 4), '-', run(ALNUM, 64)), '409-wlvGZfcCwr47T0cpNJr4nQNlCcud9sZXgsVy0OHrvYMUN1czshWaoqfnAVKnnMkI', 'truenas: "24.10-electriceel"'),
];
