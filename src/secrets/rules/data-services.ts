import { ALNUM, BASE64URL, HEX, LOWER_ALNUM, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { around, begins, follows, near, type Rule } from './rule.ts';

/** Of what sells data: finance, chains, search, scraping, tools for agents. */
// prettier-ignore
export const DATA_SERVICE_RULES: readonly Rule[] = [
  near('finance-data-key', ['alphavantage', 'alpha_vantage', 'iexcloud', 'iex_cloud', 'quandl', 'nasdaq_data', 'twelvedata', 'marketstack', 'exchangerate', 'exchangeratesapi', 'openexchangerates', 'currencylayer', 'fixer_', 'fixer.io', 'financialmodelingprep', 'eodhd', 'polygon.io', 'polygonio', 'polygon_', 'stockdata', 'marketaux', 'vatlayer', 'coinlayer', 'coinmarketcap', 'cryptocompare', 'coinapi', 'nomics', 'messari', 'youneedabudget_'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 32), parts('sk_', run(HEX, 32)), parts(run(HEX, 32), '-', run(HEX, 32)), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 28)), mixed(run(ALNUM, 24)), mixed(run(ALNUM, 20)), run(UPPER_ALNUM, 16)), '35fe4352-0636-d558-fcce-bbe63e133350', 'finnhub: "https://finnhub.io/api/v1/quote"'),
  near('coingecko-key', ['coingecko', 'x-cg-pro', 'x-cg-demo', 'x_cg_'], parts('CG-', mixed(run(ALNUM, 24))), 'CG-t2m59UA53IF5cQhKvzFhwhEC', 'coingecko: "CG-api-of-the-coins"'),
  follows('thegraph-key', ['thegraph.com/api/'], run(HEX, 32), '9c088ca900c44a7feb33b92e317e9503', 'https://gateway.thegraph.com/api/[api-key]/subgraphs/id/'),
  near('chain-api-key', ['moralis', 'covalent', 'blocknative', 'quicknode', 'ftmscan', 'tronscan', 'helius', 'dune_api', 'thirdweb', 'blockcypher', 'amberdata'], oneOf(UUID, run(HEX, 64), run(HEX, 32), run(UPPER_ALNUM, 34), run(ALNUM, 64), run(BASE64URL, 32)), '23445cbe-8d91-7877-b199-df72349c0fe7', 'etherscan: "https://api.etherscan.io/v2/api"'),
  begins('covalent-key', ['cqt_'], run(ALNUM, 26, 44), 'FaqRPxFlAHey9rOlgVPSrENN2B', 'cqt_key'),
  begins('settlemint-token', ['sm_pat_', 'sm_aat_', 'sm_sat_'], run(ALNUM, 16, 40), '0f3ICfbJdHZPISsl', 'sm_pat_token'),
  begins('sindri-key', ['sindri_'], run(ALNUM, 32), 'P2ZfDSFadiUzKrIHE48T9aBXXA1IVXee', 'sindri_key'),
  near('apilayer-key', ['apilayer', 'aviationstack', 'numverify', 'pdflayer', 'userstack', 'serpstack', 'screenshotlayer', 'languagelayer', 'ipapi', 'calendarific', 'abstractapi', 'apiflash', 'apininjas', 'ninjas'], oneOf(run(HEX, 32), run(ALNUM, 40), run(ALNUM, 32)), '2655aff8dccc3ee6c7038cd2d02c1f87', 'ipstack: "https://api.ipstack.com/check"'),
  begins('scrapfly-key', ['scp-live-', 'scp-test-'], run(HEX, 32), '41c96800708dd63495cdaa50fbe10f08', 'scp-live-key'),
  near('scraping-api-key', ['scraperapi', 'scraper_api', 'scrapfly', 'serp_api', 'bright_data', 'proxycrawl', 'crawlbase', 'zenscrape', 'phantombuster', 'screenshotapi', 'zyte', '2captcha', 'twocaptcha', 'anticaptcha', 'anti-captcha', 'scrapeowl', 'webscrapingapi', 'scrapestack', 'outscraper', 'oxylabs'], oneOf(UUID, run(HEX, 64), run(HEX, 40), run(HEX, 36), run(HEX, 32), run(UPPER_ALNUM, 80), run(ALNUM, 80), run(ALNUM, 62), run(ALNUM, 43), run(ALNUM, 32), run(WORD, 22), parts(run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7), '-', run(UPPER_ALNUM, 7))), 'b3959d1d-9879-769f-73e8-f9a66e65bcdd', 'serpapi: "https://serpapi.com/search.json"'),
  begins('capsolver-key', ['CAP-'], run(UPPER_ALNUM, 32), '4O0BM9GHWFV2LWRNUECYDRQJVI7LB3LW', 'CAP-key'),
  begins('apify-token', ['apify_api_', 'apify_proxy_'], run(ALNUM, 34, 40), 'HcyB29qsbjJznm7nTo9wNvoxPLtDJjCq6m', 'apify_api_base_url'),
  near('rapidapi-key', ['rapidapi'], run(ALNUM, 50), 'ZlBkVVT43fZNWSL7ipSadPYGG5p7Ct7glhmQ0zNhXMk5p6gTJg', 'rapidapi: "weather-api-of-2025.p.rapidapi.com"'),
  near('agent-tool-key', ['x-subscription-token', 'brave_search', 'bravesearch'], oneOf(run(HEX, 40), parts('BSA', run(BASE64URL, 28))), 'a80d5788b34a7f822ac6a4f2ad6ca1a02a36c8ae', 'serper: "https://google.serper.dev/search"'),
  near('kagi-key', ['kagi'], parts(run(BASE64URL, 11), '.', run(BASE64URL, 43)), 'ZQHCel4HzrL.mGR2BdIb46tX5J5yO5NCwzpVCwEmV0vAYxsaiVNhTS8', 'kagi: "https://kagi.com/api/v0/search"'),
  near('test-data-key', ['mockaroo'], run(HEX, 8), '4d12afc4', 'mockaroo: "schema-1"'),
  near('test-service-key', ['blazemeter', 'qase', 'percy_'], oneOf(UUID, run(HEX, 40), run(HEX, 32), run(ALNUM, 40), run(ALNUM, 32), mixed(run(ALNUM, 20))), 'fb49aa09-ebee-de4b-ddc1-d77fafb7f31e', 'browserstack: "https://hub-cloud.browserstack.com"'),
  around('rapidapi-key', 'jsn', { alphabet: LOWER_ALNUM, min: 35, max: 35 }, run(HEX, 12), ['7myqoaa8t3mshrup47p9pb0tdbm5p1d287d', 'b7f1adbc6092'], 'mshp1jsn'),
];
