import { BASE64URL, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { mixed, oneOf, parts, run, unlikeWords } from './body.ts';
import { near, type Rule } from './rule.ts';

/** Services whose keys have no mark of their own: letters and digits, shortly behind the name. */
const NAMES = `
  abyssale adafruit adzuna airvisual allsports amadeus ambee api2cart apideck
  apifonica apimatic apimetrics appcues appfollow appointedd appoptics appsynergy apptivo   autodesk autoklose axonaut aylien baremetrics beebole besttime billomat bitbar bitcoinaverage
  blitapp bombbomb borgbase brandfetch browshot buddyns bulksms caflou calorieninja campayn cannyio
  cashboard caspio centralstationcrm cexio chatfuel clickhelp cliengo clinchpad
  closecrm cloudelements cloverly codeclimate codequiry coinlib companyhub conversiontools
  countrylayer crowdin currencycloud currencyfreaks currencyscoop customerguru dareboost databox
  deepai demio denodeploy detectify detectlanguage diggernaut docparser documo dotmailer dovico dronahq
  droneci dynalist dyspatch easyinsight edamam edenai enablex envoyapikey
  eventbrite everhour exportsdk faceplusplus fastforex fetchrss fibery   finnhub fixerio fleetbase flexport flightapi flightlabs flightstats flowflu flutterwave formbucket
  formcraft formsite freshbooks fxmarket geckoboard geoapify geocodify geoipify getgeoapi
  getsandbox gocanvas graphcms groovehq gtmetrix guardianapi gyazo happyscribe hellosign
  helpcrunch helpscout hiveage holidayapi hypertrack insightly instabot instamojo interseller
  intrinio invoiceocean ip2location ipinfodb ipquality jumpcloud jupiterone kanbantool karmacrm keenio
  klipfolio knapsackpro kylas leadfeeder lendflow lessannoyingcrm lexigram linkpreview liveagent livestorm
  loginradius loyverse lunchmoney madkudu magicbell mavenlink meaningcloud messagebird
  metaapi metrilo mindmeister mixmax monkeylearn moonclerk mrticktock myfreshworks nethunt
  neutrinoapi newscatcher nftport nicereply nightfall nozbe nutritionix nylas onedesk onepagecrm onesignal
  onfleet oopspam opencage openuv owlbot pagarme paperform paralleldots parsehub   paydirt paymo paymongo pipedream pivotaltracker planyo podio pollsapi poloniex postageapp
  powrbot prodpad prospectcrm pubnub purestake pushbullet qualaroo reachmail rebrandly
  rechargepayments rentman repairshopr requestfinance revampcrm ringcentral ritekit route4me
  runrunit salescookie salesflare salesmate satismeter scrapingant 
  scrutinizerci securitytrails selectpdf serphouse sheety sherpadesk shipday signaturit signupgenius sigopt
  simfin simplesat simplynoted simvoly siteleaf skrapp skybiometry smartsheet smooch sportsmonk statuspal
  stitchdata storecove stormboard storychief stripo stytch sugester supernotes 
  swiftype tallyfy tatumio teamgate teletype testingbot textmagic thinkific
  thousandeyes tickettailor tiingo timecamp timezoneapi tokeet tomorrowio tradier travelpayouts tyntec
  typetalk ubidots uclassify unifyid upcdatabase uplead uptimerobot upwave userflow 
  versioneye voicegain voodoosms vouchery websitepulse whoxy wistia 
  aeroworkflow airbyte alegra aletheiaapi anypoint apiscience apitemplate assembla avaza besnappy boostnote
  brightlocal budibase buttercms calendly captaindata carboninterface checklyhq checkvist clockworksms cloudant
  cloudsight clustdoc codemagic commercejs couchbase crossmint d7network dailyco datagov delighted dfuse docusign
  duply eagleeyenetworks endorlabs ethplorer extractorapi finage flatio formio fullstory gengo geocodio getgist
  getresponse glassnode html2pdf hybiscus iconfinder iexapis ipstack jsonbin kontent loadmill meistertask metabase
  myintervals netsuite nytimes onwater pandascore parseur partnerstack pastebin paystack pinata planview protocolsio
  qualtrics restpack roninapp salesblink scraperbox scraperstack scrapingbee signalwire sinch speechtext storyblok
  surveyanyplace surveybot surveysparrow survicate tefter text2data theodds tmetric unplugg upstash vbout verimail
  veriphone viewneo vultr web3storage webflow webscraper wepay worksnaps workstack zipapi
  worldcoinindex zendesk zenkit zenrows zenserp zeplin zipbooks zipcodebase zohocrm zonkafeedback
`;

const KEY = oneOf(
  // As a UUID has it, with any letters.
  parts(run(LOWER_ALNUM, 8, 11), ...[4, 4, 4, 12].flatMap((count) => ['-', run(LOWER_ALNUM, count)])),
  run(HEX, 64),
  run(HEX, 40),
  run(HEX, 32),
  unlikeWords(mixed(run(BASE64URL, 20, 160))),
  run(LOWER_ALNUM, 24, 64),
);

/** What says of a service's token that it lets in: `Using Key=`, `your key is`, and no key of a cache. */
const OF_API =
  /(?:^|[\n\]"'`(:,]|\b(?:using|your|my|our|its|with|access|secret|auth))[ \t_-]*(?:api[ _-]?)?(?:key|token|secret)["'`]?(?:[ \t]?[:=][ \t]?|[ \t]is:?[ \t])["'`]?$/i;

// prettier-ignore
export const NAMED_SERVICE_RULES: readonly Rule[] = [
  near('service-key', NAMES.trim().split(/\s+/), KEY),
  near('api-key', ['API'], KEY, OF_API),
];
