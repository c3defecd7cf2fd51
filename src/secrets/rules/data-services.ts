import { ALNUM, BASE64URL, HEX, LOWER_ALNUM, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run, whole } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

/** Of what sells data: finance, chains, search, scraping, tools for agents. */
// prettier-ignore
export const DATA_SERVICE_RULES: readonly Rule[] = [
  begins('besttime-key', ['pri_'], whole(HEX, 32)),
  near('finance-data-key', ['alphavantage', 'alpha_vantage', 'iexcloud', 'iex_cloud', 'quandl', 'nasdaq_data', 'twelvedata', 'marketstack', 'exchangerate', 'exchangeratesapi', 'openexchangerates', 'currencylayer', 'fixer_', 'fixer.io', 'financialmodelingprep', 'eodhd', 'polygon.io', 'polygonio', 'polygon_', 'stockdata', 'marketaux', 'vatlayer', 'coinlayer', 'coinmarketcap', 'cryptocompare', 'coinapi', 'nomics', 'messari', 'youneedabudget_'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 32), parts('sk_', run(HEX, 32)), parts(run(HEX, 32), '-', run(HEX, 32)), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 28)), mixed(run(ALNUM, 24)), mixed(run(ALNUM, 20)), run(UPPER_ALNUM, 16))),
  near('coingecko-key', ['coingecko', 'x-cg-pro', 'x-cg-demo', 'x_cg_'], parts('CG-', mixed(run(ALNUM, 24)))),
  follows('thegraph-key', ['thegraph.com/api/'], run(HEX, 32)),
  near('chain-api-key', ['moralis', 'covalent', 'blocknative', 'quicknode', 'ftmscan', 'tronscan', 'helius', 'dune_api', 'thirdweb', 'blockcypher', 'amberdata'], oneOf(UUID, run(HEX, 64), run(HEX, 32), run(UPPER_ALNUM, 34), run(ALNUM, 64), run(BASE64URL, 32))),
  begins('covalent-key', ['cqt_'], run(ALNUM, 26, 44)),
  begins('settlemint-token', ['sm_pat_', 'sm_aat_', 'sm_sat_'], run(ALNUM, 16, 40)),
  begins('sindri-key', ['sindri_'], run(ALNUM, 32)),
  near('apilayer-key', ['apilayer', 'aviationstack', 'numverify', 'pdflayer', 'userstack', 'serpstack', 'screenshotlayer', 'languagelayer', 'ipapi', 'calendarific', 'abstractapi', 'apiflash', 'apininjas', 'ninjas'], oneOf(run(HEX, 32), run(ALNUM, 40), run(ALNUM, 32))),
  begins('scrapfly-key', ['scp-live-', 'scp-test-'], run(HEX, 32)),
  near('scraping-api-key', ['scraperapi', 'scraper_api', 'scrapfly', 'serp_api', 'bright_data', 'proxycrawl', 'crawlbase', 'zenscrape', 'phantombuster', 'screenshotapi', 'zyte', '2captcha', 'twocaptcha', 'anticaptcha', 'anti-captcha', 'scrapeowl', 'webscrapingapi', 'scrapestack', 'outscraper', 'oxylabs'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 36), run(HEX, 32), run(UPPER_ALNUM, 80), run(ALNUM, 80), run(ALNUM, 62), run(ALNUM, 43), run(ALNUM, 32), run(WORD, 22), parts(run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7)))),
  begins('capsolver-key', ['CAP-'], run(UPPER_ALNUM, 32)),
  begins('apify-token', ['apify_api_', 'apify_proxy_'], run(ALNUM, 34, 40)),
  near('rapidapi-key', ['rapidapi'], run(ALNUM, 50)),
  near('agent-tool-key', ['x-subscription-token', 'brave_search', 'bravesearch'], oneOf(run(HEX, 40), parts('BSA', run(BASE64URL, 28)))),
  near('kagi-key', ['kagi'], parts(run(BASE64URL, 11), '.', run(BASE64URL, 43))),
  near('test-data-key', ['mockaroo'], run(HEX, 8)),
  near('test-service-key', ['blazemeter', 'qase', 'percy_'], oneOf(UUID, run(HEX, 40), run(HEX, 32), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 20)))),
  around('rapidapi-key', 'jsn', { alphabet: LOWER_ALNUM, min: 35, max: 35 }, run(HEX, 12)),
];
