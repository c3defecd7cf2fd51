import { ALNUM, BASE64URL, DIGITS, ENCODED, HEX, UPPER_ALNUM } from '../scan/alphabets.ts';
import { mixed, oneOf, parts, run } from './body.ts';
import { begins, beginsSurely, near, type Rule } from './rule.ts';

// prettier-ignore
export const SOCIAL_RULES: readonly Rule[] = [
  begins('facebook-token', ['EAA'], run(ALNUM, 150, 400)),
  begins('facebook-token', ['EAAM', 'EAAC', 'EAAB', 'EAAG'], run(ALNUM, 100, 400)),
  begins('facebook-token', ['EAACEdEose0cBA'], run(ALNUM, 20, 400)),
  near('facebook-secret', ['facebook', 'fb_app', 'instagram'], oneOf(parts(run(DIGITS, 15, 17), '|', run(BASE64URL, 27)), run(HEX, 32))),
  begins('instagram-token', ['IGQV', 'IGQW', 'IGAA'], run(BASE64URL, 100, 400)),
  begins('threads-token', ['THQV', 'THQW', 'THAA'], run(BASE64URL, 100, 400)),
  beginsSurely('twitter-bearer-token', ['AAAAAAAAAAAAAAAAAAAA'], mixed(parts(run(ALNUM, 8, 60), '%', run(ENCODED, 40, 140)))),
  near('twitter-secret', ['tweepy'], oneOf(parts(run(DIGITS, 8, 20), '-', run(ALNUM, 30, 40)), run(ALNUM, 50), run(ALNUM, 45), mixed(run(ALNUM, 25)), parts('AAAAAAAAAA', run(BASE64URL, 40, 140)))),
  near('linkedin-secret', ['linkedin'], mixed(run(ALNUM, 16))),
  begins('pinterest-token', ['pina_', 'pinr.'], run(ALNUM, 32, 120)),
  begins('vk-token', ['vk1.a.'], run(BASE64URL, 80, 260)),
  near('social-api-key', ['flickr', 'tumblr', 'disqus', 'patreon', 'hootsuite', 'ayrshare', 'buffer_api', 'meetup_api', 'yelp', 'tripadvisor', 'ticketmaster', 'livejournal', 'stackapps', 'strava', 'spoonacular', 'weibo', 'naver', 'douban', 'foursquare_api', 'garmin'], oneOf(run(BASE64URL, 128), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 50), run(ALNUM, 40), run(ALNUM, 32), run(UPPER_ALNUM, 20), parts(run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8)))),
  near('moodle-token', ['wstoken'], run(HEX, 32)),
];
