import { ALNUM, BASE64, BASE64URL, DOTTED, HEX, TOKEN68, UPPER_ALNUM, URL_PATH, WORD } from './alphabets.ts';
import type { PrefixRule } from './prefix-rule.ts';

/**
 * Secrets known by how they begin. To teach sluice a format, add a line: kind, prefix, alphabet, shortest and
 * longest body, the body of a real-looking one, and a text that resembles one and must stay.
 */
// prettier-ignore
export const PREFIX_RULES: readonly PrefixRule[] = [
  // AI vendors
  rule('anthropic-api-key', 'sk-ant-api03-', BASE64URL, 40, 256, 'XLoQsX87WYHPRRGwvfxOPxztameJ83ScZoPwmjFr', '/sk-ant-api03-[\\w-]{93}AA/'),
  rule('anthropic-oauth-token', 'sk-ant-oat01-', BASE64URL, 40, 256, '47RzqcBt5sGI2sIEmckz03hnCPrmgOlscBEqy6qz', '/sk-ant-oat01-[\\w-]{93}AA/'),
  rule('anthropic-oauth-token', 'sk-ant-ort01-', BASE64URL, 40, 256, 'qQPKjF3W48jX0cTcKyeJgUsu-rpMZVlF3j1KbW3y', '/sk-ant-ort01-[\\w-]{93}AA/'),
  rule('anthropic-session-key', 'sk-ant-sid01-', BASE64URL, 40, 256, 'POfOABh9LSlaD5gaZWhNSZdrxX0AfUmuGAenTcfP', '/sk-ant-sid01-[\\w-]{93}AA/'),
  rule('anthropic-admin-key', 'sk-ant-admin01-', BASE64URL, 40, 256, 'nCp7DwdglUoWs4ReUfN9l8due_D_m4zZXItcdOV5', '/sk-ant-admin01-[\\w-]{93}AA/'),
  rule('openai-api-key', 'sk-proj-', BASE64URL, 40, 256, 'X26eQC4oEfo0J4tRTtEWHrQM_gNRIpWF8Eup-tda', 'sk-proj-name-of-a-css-class'),
  rule('openai-api-key', 'sk-svcacct-', BASE64URL, 40, 256, 'pRd0Jc73fXts47RntO3XSp6EoAEU0DKntf7WUZat', 'sk-svcacct-*'),
  rule('openai-api-key', 'sk-admin-', BASE64URL, 40, 256, 'TtTHs2ztzEXCe1GKDjh4ph9Z2sjPvLFXDAGIEsnY', 'sk-admin-panel-header'),
  rule('openrouter-api-key', 'sk-or-v1-', HEX, 64, 64, 'b59857699ac3dcb0ceb460bd37bd97fb0cddf2e2e6b27a6bcb6fc30e189125b0', 'sk-or-v1-<64 hex digits>'),
  rule('sk-api-key', 'sk-', ALNUM, 32, 64, 'dLR7BUePlangIYICNEz1Si8XBE4vVbe0', 'sk-spinner-fading-circle-dot-animation'),
  rule('groq-api-key', 'gsk_', ALNUM, 48, 64, 'o1gXLhpMJj4XA0Xc454y2kzFGuoT4NszIt4EoQLlFiY6p9rl', 'gsk_tests_helper'),
  rule('xai-api-key', 'xai-', ALNUM, 60, 100, 'eGkef2EhmeFx1xgQIv3FZT8azNArs8Pxkl7NhcnBlmXhCEM3nekXIiAERJgr', 'xai-org/grok-1'),
  rule('perplexity-api-key', 'pplx-', ALNUM, 40, 64, 'wbO9DGeBiYJVBL5tXFUNrurnrFpMDhCdFBJOlbg1', 'pplx-7b-online'),
  rule('huggingface-token', 'hf_', ALNUM, 34, 40, 'KWLnDh5I83T0Gt5fN7qq9g0R9wixREFZt3', 'hf_hub_download'),
  rule('huggingface-token', 'api_org_', ALNUM, 34, 40, 'mL5Ax0J2Mj8tz2aDYXlw9KDrlMqaYRqHQV', 'api_org_members_list'),
  rule('replicate-token', 'r8_', ALNUM, 37, 40, 'jUoslLSNMj8bhptgOWSChZJRLW6FZ3fGntQ7V', 'r8_unorm'),
  rule('langsmith-api-key', 'lsv2_', WORD, 40, 64, 'pt_77a331801bcbbb563c5e8882e3a9e1ba_f7dfdb20ce', 'lsv2_pt_'),
  // Clouds
  rule('aws-access-key-id', 'AKIA', UPPER_ALNUM, 16, 16, 'EPK4PVNTHW2VV4VO', 'AKIAIOSFODNN7EXAMPLE'),
  rule('aws-access-key-id', 'ASIA', UPPER_ALNUM, 16, 16, 'YM67YAVISZ4Z22J5', 'ASIAIOSFODNN7EXAMPLE'),
  rule('aws-access-key-id', 'ABIA', UPPER_ALNUM, 16, 16, '54FBJZR4M2AXXF5I', 'ABIAIOSFODNN7EXAMPLE'),
  rule('aws-access-key-id', 'ACCA', UPPER_ALNUM, 16, 16, 'CVYYIGLN6UQRA6ET', 'ACCAIOSFODNN7EXAMPLE'),
  rule('aws-bedrock-key', 'ABSK', BASE64, 100, 160, '/SHawhwP/7JLGXmwhh2WEhLujqzeTunvQFTXy+wjHGEyswUySPx4u4ePxGvZi+1+EZofZObwbBGFNkd1SaK/v36iIoedd2W2L+G9', 'ABSKY'),
  rule('google-api-key', 'AIza', BASE64URL, 35, 35, 'nXxquF-Uxb6bJ3CnwNBDbevDWmEMpCv5g6S', 'AIzaSy-short'),
  rule('google-oauth-token', 'ya29.', DOTTED, 30, 1024, 'fRlXIvZejdBgCtKY0JeTgpQYRy2TUi', 'ya29.a0 (an access token)'),
  rule('google-client-secret', 'GOCSPX-', BASE64URL, 24, 40, 'ToZ3JnyEdqdWeYkW4hSl1A5u', 'GOCSPX-<28 characters>'),
  rule('google-refresh-token', '1//0', BASE64URL, 40, 160, 'F1T5z5fGlJY2hJawe6CROeplB1YFRthSQl-A6GnU', '1//0 is undefined'),
  rule('digitalocean-token', 'dop_v1_', HEX, 64, 64, '56fe6c92c3efc753ac70f21d7c2f4e051026acd33003b317e6fd874bcb0128e8', 'dop_v1_'),
  rule('digitalocean-token', 'doo_v1_', HEX, 64, 64, 'f2622bd56ccda0896781b9d937b0a6c3ce0c615b559896924ad1f10a4645dcb3', 'doo_v1_'),
  rule('digitalocean-token', 'dor_v1_', HEX, 64, 64, 'e7a526e3504cee2fb3d25de1170ee23e9a734fb0f04743c464e553b5352298ff', 'dor_v1_'),
  // Code hosts and CI
  rule('github-token', 'ghp_', ALNUM, 36, 255, 'I5amLU4d8ESSl3ucMyPkx1PMeyXLcqHIl1eU', 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  rule('github-token', 'gho_', ALNUM, 36, 255, 'MFrk0ND2Rl4MRjmVe9GwrBAU1iIQv64LJZdC', 'gho_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  rule('github-token', 'ghu_', ALNUM, 36, 255, '5Il8iXWguvrgfRHbyMPVGofSoesVWm0e0WT2', 'ghu_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  rule('github-token', 'ghr_', ALNUM, 36, 255, 'k6DWmnGQRJoCfAPKeslQubrnIYEiDWvYwCpx', 'ghr_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  rule('github-token', 'ghs_', ALNUM, 36, 255, 'AyImOZw40mpwibU2G2mbq5elUhaogLudjnrk', 'ghs_token_prefix_for_server_tokens'),
  rule('github-token', 'github_pat_', WORD, 60, 100, 'F00ClE6ETHp8RafMpRnoog_sNpzxvOAk59ZwKaUd2W3TW3lDw3zkSqJWnOpQrdfhndbAR291mSZBKFqFQ7', 'github_pat_tokens_are_fine_grained'),
  rule('gitlab-token', 'glpat-', DOTTED, 20, 300, 'UkeD3f04CAvsJLV8D4vM', 'glpat-token'),
  rule('gitlab-token', 'gldt-', BASE64URL, 20, 300, 'CFjDZ7gc90-y7UstDopa', 'gldt-token'),
  rule('gitlab-token', 'glrt-', DOTTED, 20, 300, '9kX1HFTKO3Mj6KqWQcBi', 'glrt-token'),
  rule('gitlab-token', 'glcbt-', BASE64URL, 20, 300, '-ZrQC1RHLdo34jFzIpOA', 'glcbt-token'),
  rule('gitlab-token', 'glptt-', BASE64URL, 20, 300, 'Gn-KiK_dptBMB0e8V4o6', 'glptt-token'),
  rule('gitlab-token', 'glsoat-', BASE64URL, 20, 300, '4_lHlgWpHxcweExXEF66', 'glsoat-token'),
  rule('gitlab-token', 'glagent-', BASE64URL, 20, 300, 'OmA6JCxPgb18tw-aCWPM', 'glagent-token'),
  rule('gitlab-token', 'gloas-', BASE64URL, 20, 300, '4Wa2FACpKuIwEeA06EMf', 'gloas-token'),
  rule('bitbucket-app-password', 'ATBB', ALNUM, 32, 36, 'B2xWnmTUWTfRwOe78WxhEPSYkO3QW7qF', 'ATBBL'),
  rule('circleci-token', 'CCIPAT_', WORD, 50, 80, 'jVOtDWah2SWqnRb4pc5eWu_0d1664476c85d93290f752d27a29aa6c9a4dc794', 'CCIPAT_'),
  // Package registries
  rule('npm-token', 'npm_', ALNUM, 36, 40, 'drPeeYb4oIgWU7IFDEI6jZiC2LT5LPlMqP9K', 'npm_config_registry npm_package_version'),
  rule('pypi-token', 'pypi-', BASE64URL, 50, 512, 'AgEIcHlwaS5vcmc2wbui2ClKAco-LkZlfB6urzM5T11z9wp0fH', 'pypi-attestations-of-the-release'),
  rule('docker-token', 'dckr_pat_', BASE64URL, 24, 40, '_IS8uqg7yMY3wenyiT1p5jvR', 'dckr_pat_'),
  rule('rubygems-token', 'rubygems_', HEX, 48, 48, 'bf3e130d08097ab6176c1c4208847d62073636b192e23d19', 'rubygems_version_requirement'),
  // Chat
  rule('slack-token', 'xoxb-', BASE64URL, 20, 260, '831705425856-683237617541-4nViD242rYEblcMwLglmcToP', 'xoxb-token'),
  rule('slack-token', 'xoxp-', BASE64URL, 20, 260, '402570869452-384039152089-SWh3zv6GUl2fbAkB6VoxfwoO', 'xoxp-token'),
  rule('slack-token', 'xoxa-', BASE64URL, 20, 260, '764487797784-992464657129-sdyNFHp0MECmhpdfWtBWUjIo', 'xoxa-token'),
  rule('slack-token', 'xoxr-', BASE64URL, 20, 260, '615899549618-982303775801-PXeRhbfRJXZqsslE05yuhB6K', 'xoxr-token'),
  rule('slack-token', 'xoxs-', BASE64URL, 20, 260, '281083249482-103683896883-MGOQi1K6Tr9pPRahPufHbwP2', 'xoxs-token'),
  rule('slack-token', 'xoxe-', BASE64URL, 20, 260, '467387750066-500973044328-O4jFqewsf6PiApJRofqPadT1', 'xoxe-token'),
  rule('slack-token', 'xapp-', BASE64URL, 20, 260, '553855383663-191545447941-hgAGOoGKSPGVKRXOqdQfG7Ox', 'xapp-token'),
  rule('slack-webhook', 'hooks.slack.com/services/', URL_PATH, 30, 80, 'T5FCRVY2N32/BDMJT5NCLHD/FdMzHMW3qmbQYyLomw4Grk6O', 'hooks.slack.com/services/T/B/X'),
  rule('discord-webhook', 'discord.com/api/webhooks/', URL_PATH, 60, 120, '142756858168649058/qnJOW372IGymAhhE6b8T70c6Zi6fexTCCvJt7lMZdCsvmZKiGtyLxFd1VecXb5n1OXGZ', 'discord.com/api/webhooks/{id}/{token}'),
  // Payment and mail
  rule('stripe-key', 'sk_live_', ALNUM, 24, 255, '4c12PAyRUBmvY8kgByP0qZFu', 'sk_live_…'),
  rule('stripe-key', 'rk_live_', ALNUM, 24, 255, 'ENDCcY6I0uAwxUzp88XYcvQn', 'rk_live_…'),
  rule('stripe-key', 'sk_test_', ALNUM, 24, 255, 'bqTW3sd3Z0FnjHmaNf2SrB1l', 'sk_test_…'),
  rule('stripe-key', 'rk_test_', ALNUM, 24, 255, 'dMUpFkqOVGzh2ryTe2aBKabp', 'rk_test_…'),
  rule('stripe-webhook-secret', 'whsec_', BASE64, 24, 80, 'EIOQH7ZSZp7jPkFBNofala+3', 'whsec_test'),
  rule('sendgrid-key', 'SG.', DOTTED, 60, 80, 'pZoJGYA7Y0TrFo0XumemhB.Z8saBme4CIwIEEpNX-PGks7y3QXbqvTE5v6KfB0o3Ax', 'SG.deploy.security-groups.ingress'),
  rule('mailgun-key', 'key-', HEX, 32, 32, '17a9a60a28c2d08795481e15b8184f4f', 'key-value-pairs-of-the-cache'),
  // Services
  rule('atlassian-token', 'ATATT3', TOKEN68, 60, 300, 'nBPXDzYeUhuE9qLL9Wd56UShk7a5XvaLWNXzhyZCpezK7vPZ5U4xAjBYY7ri2kypRFUM2Oqfdr5bDbuxelHeNiLsCHeLuRXsMP51ySCSo3ClnfhBk1LbS3gowSmnaFqqMpF5rP5XseDTQ6XU7LDFP6uxwzkKVcPzy50JYVffeUc0nPCQ=4F1A0C2B', 'ATATT3 is the prefix'),
  rule('shopify-token', 'shpat_', HEX, 32, 32, 'c4b73f6afd2af9e3b53aa3bf76fb8e6d', 'shpat_token'),
  rule('shopify-token', 'shpss_', HEX, 32, 32, 'b8e6a760da500a134993d3195d2458fc', 'shpss_token'),
  rule('shopify-token', 'shpca_', HEX, 32, 32, 'c922fd9393964481a4d3aaaf356cd2f9', 'shpca_token'),
  rule('shopify-token', 'shppa_', HEX, 32, 32, 'a39307aefd1d9a66459b367800b700dc', 'shppa_token'),
  rule('planetscale-token', 'pscale_tkn_', DOTTED, 32, 64, 'lwULbL3z2rAPZqXHZFrAle4ErCwiqaZE', 'pscale_tkn_'),
  rule('planetscale-password', 'pscale_pw_', DOTTED, 32, 64, 'DBZ3w3xmTqq57AdXghrCM3jWlvaNN2lx', 'pscale_pw_'),
  rule('supabase-token', 'sbp_', HEX, 40, 40, 'f9ccc351770b0937aa529b5bd885676846c44995', 'sbp_token'),
  rule('pulumi-token', 'pul-', HEX, 40, 40, '3a7d22a0e4992dbd06596b681cf2044d8d010c12', 'pul-request'),
  rule('grafana-token', 'glsa_', WORD, 40, 48, 'EfVZ54tZEJlygGC0sCExzJuCRGauAceF_c734c0c8', 'glsa_'),
  rule('grafana-token', 'glc_', BASE64, 32, 400, 'JgUQmiquN5wwraZAE9WO5SDuYWQogPGX', 'glc_token'),
  rule('linear-key', 'lin_api_', ALNUM, 40, 40, 'MAIgznV09IdlplwJwVtdRAdrmwVerlvSZ9JkN2Ye', 'lin_api_key'),
  rule('notion-token', 'ntn_', ALNUM, 40, 60, 'HbqZAEDB42MSSDGyTqY7vpVIRSAzFaeJex1QsNOB', 'ntn_12345678901abc'),
  rule('vault-token', 'hvs.', BASE64URL, 24, 200, 'kLwl3BGx9v9BWIYbEgI6h-bA', 'hvs.token'),
  rule('vault-token', 'hvb.', BASE64URL, 24, 300, 'VKu7BNvcIqMZuYW5PNeUUDHC', 'hvb.token'),
  rule('onepassword-token', 'ops_', BASE64URL, 100, 2048, 'eyJ6hwmx5VxdiU5auSh37_opeefGs2pyOpd-F-42y99EJj5Z-wvlvtbXimQYSQrLtBIi4og_4L7pRJFmNM6jZKemoUaPUmW6ZG5x', 'ops_per_second'),
  // Keys in base64
  rule('private-key', 'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBL', BASE64, 60, 16384, '88RLpSj7sVbeRHg6KWJp1sMnf3YBQhaWyRFXcaQI5bY5IbwrLEmth3fymBEO', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  rule('private-key', 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t', BASE64, 60, 16384, 'nEEFw2lbYqHN9EhpnEgLD1ceLz1h4UZWkPa+qZMVSaeZowc+5X9gHBx2BDgN', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  rule('private-key', 'LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtF', BASE64, 60, 16384, 'HLiAfI0o0pWqTMtdvq3+MusLsDNuugpPwxvDBR1H6nB1eQ9RYzTJ9Z9BDPKO', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  rule('private-key', 'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg', BASE64, 60, 16384, '1/NWKxVokUeWZ0Ts5P1BS9BREvXDSPFDazkiGj8mtWJJM4wQgFqJlScAo1dt', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  rule('private-key', 'LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFU', BASE64, 60, 16384, '4JMU+pU1dT+aoUKUAiLunZYMxSvUb4tqPLMgSUnxQwdaGUxQDRyHpI+/Bevk', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
];

function rule(
  kind: string,
  prefix: string,
  alphabet: number,
  min: number,
  max: number,
  body: string,
  benign: string,
): PrefixRule {
  return { kind, prefix, alphabet, min, max, body, benign };
}
