import { ALNUM, BASE64, HEX } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const SECURITY_VENDOR_RULES: readonly Rule[] = [
  begins('trend-micro-key', ['tmc1'], parts(run(ALNUM, 26, 32), ':', run(ALNUM, 60, 70))),
  begins('endor-labs-key', ['endr+'], run(ALNUM, 16)),
  near('trend-micro-key', ['deepsecurity'], parts(UUID, ':', UUID, ':', run(BASE64, 40, 60))),
  near('security-api-key', ['virustotal', 'urlscan', 'shodan', 'greynoise', 'abuseipdb', 'alienvault', 'otx_api', 'censys', 'hibp', 'haveibeenpwned', 'hybrid-analysis', 'intelx', 'binaryedge', 'zoomeye', 'fofa_', 'leakix', 'onyphe', 'urlhaus', 'malshare', 'gitguardian', 'vulners', 'wpscan', 'nvd_api', 'c99_', 'ipqualityscore', 'ipqs', 'threatbook', 'domaintools', 'whoisxml', 'netlas', 'pulsedive', 'sslmate', 'vpnapi', 'proxycheck', 'spyonweb'], oneOf(UUID, run(HEX, 80), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 60), run(ALNUM, 36), run(ALNUM, 32), mixed(run(ALNUM, 20)))),
];
