import { ALNUM, BASE64, HEX } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const SECURITY_VENDOR_RULES: readonly Rule[] = [
  begins('trend-micro-key', ['tmc1'], parts(run(ALNUM, 26, 32), ':', run(ALNUM, 60, 70)), 'Dfse4gdPFg7Hu3C6JYER9i2TCr:xI7FXEMvpQ3J7PhsjSuV2luRZMxuL2Vl5GYPLzj9V6dEu76BfWs5fsPYcCDC', 'tmc1'),
  near('trend-micro-key', ['deepsecurity'], parts(UUID, ':', UUID, ':', run(BASE64, 40, 60)), '3eae221d-dfd2-b9bf-9e0d-00b9806e3eae:cd2f1660-9f06-13b2-2bef-294c548e219b:eC2XjTbw1kYUbtn7CoIRYXZKZ+YPKjDlsfYc+LeK', 'deepsecurity: "20.0.0-8438, build of 2025"'),
  near('security-api-key', ['virustotal', 'urlscan', 'shodan', 'greynoise', 'abuseipdb', 'alienvault', 'otx_api', 'censys', 'hibp', 'haveibeenpwned', 'hybrid-analysis', 'intelx', 'binaryedge', 'zoomeye', 'fofa_', 'leakix', 'onyphe', 'urlhaus', 'malshare', 'gitguardian', 'vulners', 'wpscan', 'nvd_api', 'c99_', 'ipqualityscore', 'ipqs', 'threatbook', 'domaintools', 'whoisxml', 'netlas', 'pulsedive', 'sslmate', 'vpnapi', 'proxycheck', 'spyonweb'], oneOf(UUID, run(HEX, 80), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 60), run(ALNUM, 36), run(ALNUM, 32), mixed(run(ALNUM, 20))), 'b39121b2-6f4d-ba7f-969a-8cd5a87a9bc6', 'virustotal: "https://www.virustotal.com/api/v3"'),
];
