import { ALNUM, ANY_HEX, BASE64URL, HEX } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

/** Of shops, games and devices, which have no table of their own yet. */
// prettier-ignore
export const SERVICE_RULES: readonly Rule[] = [
  begins('sluice-token', ['sluice_'], run(BASE64URL, 43)),
  begins('block-protocol-key', ['b10ck5.'], parts(run(HEX, 32), '.', UUID)),
  begins('crossmint-key', ['ck_production_', 'ck_staging_'], run(ALNUM, 24, 60)),
  begins('branch-key', ['key_test_'], run(ALNUM, 32)),
  near('beamer-token', ['beamer'], parts('b_', run(BASE64URL, 44))),
  begins('shopify-token', ['shpat_', 'shpss_', 'shpca_', 'shppa_'], run(ANY_HEX, 32)),
  begins('lichess-token', ['lip_', 'lio_'], run(ALNUM, 16, 40)),
  begins('riot-key', ['RGAPI-'], UUID),
  begins('modrinth-token', ['mrp_', 'mra_'], run(ALNUM, 60)),
  begins('cfx-key', ['cfxk_'], run(BASE64URL, 20, 100)),
  follows('roblox-cookie', ['ROBUX-and-items.|_', 'NOT-SHARE-THIS.|_'], run(ALNUM, 100, 3000)),
  begins('samsara-token', ['samsara_api_'], run(ALNUM, 26, 44)),
  begins('verkada-key', ['vkd_api_'], run(ALNUM, 32, 64)),
  begins('adafruit-io-key', ['aio_'], run(ALNUM, 28)),
  begins('ubidots-key', ['BBUS-', 'BBFF-'], run(ALNUM, 28, 44)),
  follows('thingsboard-token', ['thingsboard.cloud/api/v1/', 'thingsboard.io/api/v1/'], run(ALNUM, 20)),
  follows('blynk-token', ['blynk.cloud/external/api/get?token=', 'blynk.cloud/external/api/update?token=', 'blynk.cloud/external/api/batch/update?token='], run(BASE64URL, 32)),
  near('blynk-secret', ['oa2-client-id_'], parts(run(BASE64URL, 32), ':', run(BASE64URL, 40))),
  near('device-api-key', ['ecobee', 'tuya_'], oneOf(UUID, run(HEX, 40), run(ALNUM, 32))),
];
