import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER_ALNUM, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const MAPS_AND_MEDIA_RULES: readonly Rule[] = [
  begins('mapbox-token', ['sk.eyJ', 'tk.eyJ'], parts(run(BASE64URL, 30, 200), '.', run(BASE64URL, 20, 32))),
  begins('radar-key', ['prj_live_sk_', 'prj_test_sk_'], run(HEX, 40)),
  begins('mappedin-key', ['mik_'], run(ALNUM, 25)),
  begins('foursquare-key', ['fsq3'], run(BASE64, 44)),
  near('foursquare-secret', ['foursquare'], run(UPPER_ALNUM, 48)),
  around('maxmind-license-key', '_mmk', { alphabet: WORD, min: 36, max: 36 }, run(ALNUM, 0)),
  near('locationiq-key', ['locationiq'], parts('pk.', run(HEX, 32))),
  near('maps-api-key', ['tomtom', 'mapquest', 'hereapi', 'here_api', 'graphhopper', 'azuremaps', 'azure_maps', 'positionstack', 'walkscore', 'zipcodeapi', 'timezonedb', 'ipgeolocation', 'smartystreets'], oneOf(UUID, run(HEX, 64), run(HEX, 56), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 32), run(BASE64URL, 43, 45))),
  near('weather-api-key', ['openweather', 'pyowm', 'weatherapi', 'weatherbit', 'weatherstack', 'climacell', 'darksky', 'accuweather', 'meteoblue', 'visualcrossing', 'stormglass', 'worldweather', 'wunderground', 'aqicn', 'ambeedata', 'breezometer'], oneOf(parts(UUID, '-', UUID), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(HEX, 31), run(ALNUM, 32), mixed(run(ALNUM, 25)))),
  near('media-api-key', ['unsplash', 'pexels', 'giphy', 'tenor_api', 'imgur', 'imgix', 'imagga', 'tinypng', 'cloudimage', 'shotstack', 'dailymotion', 'jwplayer', 'soundcloud', 'lastfm', 'last.fm', 'tmdb', 'rawg', 'thetvdb', 'musixmatch', 'shutterstock', 'newsapi', 'mediastack', 'currentsapi', 'bannerbear'], oneOf(UUID, run(HEX, 64), run(HEX, 56), run(HEX, 40), run(HEX, 32), run(HEX, 30), run(ALNUM, 64), run(ALNUM, 56), run(BASE64URL, 43), run(ALNUM, 40), run(ALNUM, 36), run(ALNUM, 32), mixed(run(ALNUM, 24)))),
  near('spotify-secret', ['spotify'], run(HEX, 32)),
  near('pixabay-key', ['pixabay'], parts(run(DIGITS, 5, 9), '-', run(LOWER_ALNUM, 25))),
  begins('contentful-token', ['CFPAT-'], run(BASE64URL, 43, 64)),
  begins('builderio-key', ['bpk-'], run(HEX, 32)),
  near('sanity-token', ['sanity'], parts('sk', run(ALNUM, 78, 180))),
  near('agora-certificate', ['app_certificate', 'appcertificate'], run(HEX, 32)),
];
