import { BASE64 } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const ENCODED_KEY_RULES: readonly Rule[] = [
  begins('private-key', ['LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBL'], run(BASE64, 60, 16384), '88RLpSj7sVbeRHg6KWJp1sMnf3YBQhaWyRFXcaQI5bY5IbwrLEmth3fymBEO', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  begins('private-key', ['LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0t'], run(BASE64, 60, 16384), 'nEEFw2lbYqHN9EhpnEgLD1ceLz1h4UZWkPa+qZMVSaeZowc+5X9gHBx2BDgN', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  begins('private-key', ['LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtF'], run(BASE64, 60, 16384), 'HLiAfI0o0pWqTMtdvq3+MusLsDNuugpPwxvDBR1H6nB1eQ9RYzTJ9Z9BDPKO', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  begins('private-key', ['LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg'], run(BASE64, 60, 16384), '1/NWKxVokUeWZ0Ts5P1BS9BREvXDSPFDazkiGj8mtWJJM4wQgFqJlScAo1dt', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
  begins('private-key', ['LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFU'], run(BASE64, 60, 16384), '4JMU+pU1dT+aoUKUAiLunZYMxSvUb4tqPLMgSUnxQwdaGUxQDRyHpI+/Bevk', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
];
