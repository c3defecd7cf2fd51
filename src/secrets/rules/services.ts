import { ALNUM, BASE64URL, HEX } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

/** Of shops, games and devices, which have no table of their own yet. */
// prettier-ignore
export const SERVICE_RULES: readonly Rule[] = [
  begins('sluice-token', ['sluice_'], run(BASE64URL, 43), 'ZcDcZcK8jqihnHukfxNZeamh45ZTREaN9f3juxGsBmA', 'sluice_queries_by_outcome_total_and_more_of_them'),
  begins('shopify-token', ['shpat_', 'shpss_', 'shpca_', 'shppa_'], run(HEX, 32), 'c4b73f6afd2af9e3b53aa3bf76fb8e6d', 'shpat_token'),
  begins('lichess-token', ['lip_', 'lio_'], run(ALNUM, 16, 40), 'e24BTHq0qrPlL1rC', 'lip_sync_of_the_video'),
  begins('riot-key', ['RGAPI-'], UUID, '29dda457-5ae5-049a-ed7e-8aa5c8694183', 'RGAPI-00000000-0000-0000-0000-000000000000'),
  begins('modrinth-token', ['mrp_', 'mra_'], run(ALNUM, 60), '5HpQgJCI0cFhRwzvO9BjfBmb4h72m5l6nG5Rn6yA6zA3bZxDSn6lJmnkDzPP', 'mrp_token'),
  begins('cfx-key', ['cfxk_'], run(BASE64URL, 20, 100), 'U_qhsbncWjN9nckKC5a1', 'cfxk_key'),
  follows('roblox-cookie', ['ROBUX-and-items.|_', 'NOT-SHARE-THIS.|_'], run(ALNUM, 100, 3000), 'BjBjoLkRd30GqFjfvmsNu7bebLvK7kMmUHFJZfSDPOTOEVrzSiWf0WPAv2aWefOx3u6hPZQysEaVGucSXzXPFXfzIeZAElsz2yyW', '-and-to-steal-your-ROBUX-and-items.|_'),
  begins('samsara-token', ['samsara_api_'], run(ALNUM, 26, 44), 'ihVpD16878qj9RKLqhFXHMaHC2', 'samsara_api_token'),
  begins('verkada-key', ['vkd_api_'], run(ALNUM, 32, 64), 'lfIUYdsVEfDHocWB4POkKnv7O9p99Jw8', 'vkd_api_key'),
  begins('adafruit-io-key', ['aio_'], run(ALNUM, 28), 'vTeGROjSmX0tcgAa8CLXEEQOI13x', 'aio_pika_connection'),
  begins('ubidots-key', ['BBUS-', 'BBFF-'], run(ALNUM, 28, 44), 'NJawCbK8a9fiAr31VDK2j2ZxEgq2', 'BBUS-<token>'),
  follows('thingsboard-token', ['thingsboard.cloud/api/v1/', 'thingsboard.io/api/v1/'], run(ALNUM, 20), 'D1QmVUMCUWhz73rrGfI6', 'https://thingsboard.cloud/api/v1/$ACCESS_TOKEN/telemetry'),
  follows('blynk-token', ['blynk.cloud/external/api/get?token=', 'blynk.cloud/external/api/update?token=', 'blynk.cloud/external/api/batch/update?token='], run(BASE64URL, 32), '9e_UTNFkkylx8V14myAphWncEaXOxK66', 'https://blynk.cloud/external/api/get?token=<token>&v1'),
  near('blynk-secret', ['oa2-client-id_'], parts(run(BASE64URL, 32), ':', run(BASE64URL, 40)), 'bWBDYHMFEd_BxIfEHSxREEWZ8JS5rAz5:S5iYGA6zliQfvJtKo4p4GLfTI8d_8vZblb_R_y_4', 'oa2-client-id_: of the organisation 2025'),
  near('device-api-key', ['ecobee', 'tuya_'], oneOf(UUID, run(HEX, 40), run(ALNUM, 32)), '980b9604-f325-c901-b4ee-dac4f17f3a8b', 'particle_api: "https://api.particle.io/v1/devices"'),
];
