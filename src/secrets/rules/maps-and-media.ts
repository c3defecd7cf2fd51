import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER_ALNUM, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, mixed, oneOf, parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const MAPS_AND_MEDIA_RULES: readonly Rule[] = [
  begins('mapbox-token', ['sk.eyJ', 'tk.eyJ'], parts(run(BASE64URL, 30, 200), '.', run(BASE64URL, 20, 32)), 'yb8vidDepP__vetzVburAZXa60by9P.zKsBp3da83pn4yrOqNaX', 'sk.eyJ is the prefix of a secret token'),
  begins('radar-key', ['prj_live_sk_', 'prj_test_sk_'], run(HEX, 40), '97edb8d8d81cf324f9e113d1af73fabf39a5c557', 'prj_test_sk_key'),
  begins('mappedin-key', ['mik_'], run(ALNUM, 25), 'KoMeG3Z3z6KAFW9vLwqXxc4W4', 'mik_key'),
  begins('foursquare-key', ['fsq3'], run(BASE64, 44), 'hwWt6YT11h7EhYVBcpR5ZGZgxrFyxxHzuQ8MxhdGluAn', 'fsq3'),
  near('foursquare-secret', ['foursquare'], run(UPPER_ALNUM, 48), '525L33LZXLA79B5E4XJH1K99H4PXG43B3ZN7QBA3NBKPSO2S', 'foursquare: "https://api.foursquare.com/v2/venues"'),
  around('maxmind-license-key', '_mmk', { alphabet: WORD, min: 36, max: 36 }, run(ALNUM, 0), ['3sX6nCWf23zfxTyDSwcHcxDVVR4d4vxIMWhe', ''], 'my_license_mmk'),
  near('locationiq-key', ['locationiq'], parts('pk.', run(HEX, 32)), 'pk.b6ffa491f54b1a4081418a919e2002ab', 'locationiq: "https://us1.locationiq.com/v1/search"'),
  near('maps-api-key', ['tomtom', 'mapquest', 'hereapi', 'here_api', 'graphhopper', 'azuremaps', 'azure_maps', 'positionstack', 'walkscore', 'zipcodeapi', 'timezonedb', 'ipgeolocation', 'smartystreets'], oneOf(UUID, run(HEX, 64), run(HEX, 56), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 32), run(BASE64URL, 43, 45)), 'cd2914ef-a14d-1fcc-2f39-8b70ba55f65a', 'tomtom: "https://api.tomtom.com/map/1/tile"'),
  near('weather-api-key', ['openweather', 'pyowm', 'weatherapi', 'weatherbit', 'weatherstack', 'climacell', 'darksky', 'accuweather', 'meteoblue', 'visualcrossing', 'stormglass', 'worldweather', 'wunderground', 'aqicn', 'ambeedata', 'breezometer'], oneOf(parts(UUID, '-', UUID), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(HEX, 31), run(ALNUM, 32), mixed(run(ALNUM, 25))), '69c5d773-e109-7c56-1c10-77fc051e4dfd-49ed78d3-7e1d-ef0c-3e14-f41185180458', 'openweather: "https://api.openweathermap.org/data/2.5"'),
  near('media-api-key', ['unsplash', 'pexels', 'giphy', 'tenor_api', 'imgur', 'imgix', 'imagga', 'tinypng', 'cloudimage', 'shotstack', 'dailymotion', 'jwplayer', 'soundcloud', 'lastfm', 'last.fm', 'tmdb', 'rawg', 'thetvdb', 'musixmatch', 'shutterstock', 'newsapi', 'mediastack', 'currentsapi', 'bannerbear'], oneOf(UUID, run(HEX, 64), run(HEX, 56), run(HEX, 40), run(HEX, 32), run(HEX, 30), run(ALNUM, 64), run(ALNUM, 56), run(BASE64URL, 43), run(ALNUM, 40), run(ALNUM, 36), run(ALNUM, 32), mixed(run(ALNUM, 24))), '896b3717-3584-6f91-e3ae-2f6eb4ed985a', 'unsplash: "https://api.unsplash.com/photos/random"'),
  near('spotify-secret', ['spotify'], run(HEX, 32), '7e1f40fb82d659418fd28e542274b137', 'spotify: "https://api.spotify.com/v1/me/player"'),
  near('pixabay-key', ['pixabay'], parts(run(DIGITS, 5, 9), '-', run(LOWER_ALNUM, 25)), '592789-e5pr54ox93lf9g11xogswkx4n', 'pixabay: "https://pixabay.com/api/videos"'),
  begins('contentful-token', ['CFPAT-'], run(BASE64URL, 43, 64), 'MC_r9k1kXQiIsa09amvZYY6kz_1q10kcoawF0-9Q9RQ', 'CFPAT-<token>'),
  begins('builderio-key', ['bpk-'], run(HEX, 32), '43bc1cf043fd042fdce3f44a38ba3df2', 'bpk-key'),
  near('sanity-token', ['sanity'], parts('sk', run(ALNUM, 80, 180)), 'sk75gHcdQTqyermIJTCyOPdE6qyC5T1DLhjLIyxixontF5ljBhcyqu9uI2ZC0JOj49ToheLKE3WhwR9Flj', 'sanity: "production-dataset-of-2025"'),
  near('agora-certificate', ['app_certificate', 'appcertificate'], run(HEX, 32), '7abed7c6d86f4f140f55990354acbad9', 'agora: "channel-of-the-meeting-2025"'),
];
