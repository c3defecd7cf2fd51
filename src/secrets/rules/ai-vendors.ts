import { ALNUM, BASE64URL, HEX, WORD } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const AI_VENDOR_RULES: readonly Rule[] = [
  begins('anthropic-api-key', ['sk-ant-api03-'], run(BASE64URL, 40, 256), 'XLoQsX87WYHPRRGwvfxOPxztameJ83ScZoPwmjFr', '/sk-ant-api03-[\\w-]{93}AA/'),
  begins('anthropic-oauth-token', ['sk-ant-oat01-', 'sk-ant-ort01-'], run(BASE64URL, 40, 256), '47RzqcBt5sGI2sIEmckz03hnCPrmgOlscBEqy6qz', '/sk-ant-oat01-[\\w-]{93}AA/'),
  begins('anthropic-session-key', ['sk-ant-sid01-'], run(BASE64URL, 40, 256), 'POfOABh9LSlaD5gaZWhNSZdrxX0AfUmuGAenTcfP', '/sk-ant-sid01-[\\w-]{93}AA/'),
  begins('anthropic-admin-key', ['sk-ant-admin01-'], run(BASE64URL, 40, 256), 'nCp7DwdglUoWs4ReUfN9l8due_D_m4zZXItcdOV5', '/sk-ant-admin01-[\\w-]{93}AA/'),
  begins('openai-api-key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], run(BASE64URL, 40, 256), 'X26eQC4oEfo0J4tRTtEWHrQM_gNRIpWF8Eup-tda', 'sk-proj-name-of-a-css-class'),
  begins('openrouter-api-key', ['sk-or-v1-'], run(HEX, 64), 'b59857699ac3dcb0ceb460bd37bd97fb0cddf2e2e6b27a6bcb6fc30e189125b0', 'sk-or-v1-<64 hex digits>'),
  begins('sk-api-key', ['sk-'], run(ALNUM, 32, 64), 'dLR7BUePlangIYICNEz1Si8XBE4vVbe0', 'sk-spinner-fading-circle-dot-animation'),
  begins('groq-api-key', ['gsk_'], run(ALNUM, 48, 64), 'o1gXLhpMJj4XA0Xc454y2kzFGuoT4NszIt4EoQLlFiY6p9rl', 'gsk_tests_helper'),
  begins('xai-api-key', ['xai-'], run(ALNUM, 60, 100), 'eGkef2EhmeFx1xgQIv3FZT8azNArs8Pxkl7NhcnBlmXhCEM3nekXIiAERJgr', 'xai-org/grok-1'),
  begins('perplexity-api-key', ['pplx-'], run(ALNUM, 40, 64), 'wbO9DGeBiYJVBL5tXFUNrurnrFpMDhCdFBJOlbg1', 'pplx-7b-online'),
  begins('huggingface-token', ['hf_', 'api_org_'], run(ALNUM, 34, 40), 'KWLnDh5I83T0Gt5fN7qq9g0R9wixREFZt3', 'hf_hub_download'),
  begins('replicate-token', ['r8_'], run(ALNUM, 37, 40), 'jUoslLSNMj8bhptgOWSChZJRLW6FZ3fGntQ7V', 'r8_unorm'),
  begins('langsmith-api-key', ['lsv2_'], run(WORD, 40, 64), 'pt_77a331801bcbbb563c5e8882e3a9e1ba_f7dfdb20ce', 'lsv2_pt_'),
];
