import { ALNUM, BASE64URL, DIGITS, ENCODED, HEX, UPPER_ALNUM } from '../scan/alphabets.ts';
import { mixed, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const SOCIAL_RULES: readonly Rule[] = [
  begins('facebook-token', ['EAA'], run(ALNUM, 150, 400), 'koa9hsneosqg4YzL6g8elQKlCuACVLpV4HGB7PCkEXBd9DZlpb1yJhp7AXS3lgaNNcSbjnfujwyBhKHxOJ8uKOHkhFGvNUWJCR1CEhUUELd2ZbvEEg1s6ddUKNB5e3p9utKRgL9H9EEvK4y5h26Qo4', 'EAAB'),
  begins('facebook-token', ['EAACEdEose0cBA'], run(ALNUM, 20, 400), 'u8jzPde0IgxLd6GncfBAepfJBd0Kh8oOOL8dKLzdocJ2isAjIhKtJ0RlgLKO', 'EAACEdEose0cBA is the mark'),
  near('facebook-secret', ['facebook', 'fb_app', 'instagram'], oneOf(parts(run(DIGITS, 15, 17), '|', run(BASE64URL, 27)), run(HEX, 32)), '371697545526209|OAuuZ6DxslNOWS7qWIFgyRA-lOz', 'facebook: "https://graph.facebook.com/v21.0/me"'),
  begins('instagram-token', ['IGQV', 'IGQW', 'IGAA'], run(BASE64URL, 100, 400), 'wVO_fweqdiVpoiibaKH2rFYtPUhvJhibzU600GDFokwHBbUs7PFxIMjWr_Y-c59k6KyEWBH1hoNprBeSjG7Ak_Gv-vQSDGzLB7Gz', 'IGQV'),
  begins('threads-token', ['THQV', 'THQW', 'THAA'], run(BASE64URL, 100, 400), 'PU1rFBT7_5OxFp2BMxmXGGqhrvWatJPzybJ14Oo-FL1FBztc7pQVGbjBRBV02BPbpUoDPnoixhENejkGrWf1Ki8WD5u1h6wrWG9f', 'THAA'),
  begins('twitter-bearer-token', ['AAAAAAAAAAAAAAAAAAAA'], mixed(parts(run(ALNUM, 8, 60), '%', run(ENCODED, 40, 140))), '09O2YhDknU5Is%ny8gr3saYdeNIE7WIlTBGHVVOSxt9e%uOYKQgiTy', 'AAAAAAAAAAAAAAAAAAAAAA'),
  near('twitter-secret', ['tweepy'], oneOf(parts(run(DIGITS, 8, 20), '-', run(ALNUM, 30, 40)), run(ALNUM, 50), run(ALNUM, 45), mixed(run(ALNUM, 25)), parts('AAAAAAAAAA', run(BASE64URL, 40, 140))), '271146614880-Il8P0LaGDtAK6mVhSLwMl0afYOdsmS', 'twitter: "https://api.twitter.com/2/tweets"'),
  near('linkedin-secret', ['linkedin'], mixed(run(ALNUM, 16)), 'URUiV8Wy1imE7ELb', 'linkedin: "https://www.linkedin.com/in/somebody"'),
  begins('pinterest-token', ['pina_', 'pinr.'], run(ALNUM, 32, 120), 'cfy7vaNYD54C2fIg4PyBo2cuuIZzjblt', 'pina_colada'),
  begins('vk-token', ['vk1.a.'], run(BASE64URL, 80, 260), 'W8D0oTTgnSUuo1JoOLL1N_ppJ7gKSgtLUsGl20FtM5luDb4vQfCnni_ImpIe6-f8wLRxx30ewYoYZFWU', 'vk1.a.token'),
  near('social-api-key', ['flickr', 'tumblr', 'disqus', 'patreon', 'hootsuite', 'ayrshare', 'buffer_api', 'meetup_api', 'yelp', 'tripadvisor', 'ticketmaster', 'livejournal', 'stackapps', 'strava', 'spoonacular', 'weibo', 'naver', 'douban', 'foursquare_api', 'garmin'], oneOf(run(BASE64URL, 128), run(HEX, 64), run(HEX, 40), run(HEX, 32), run(ALNUM, 64), run(ALNUM, 50), run(ALNUM, 40), run(ALNUM, 32), run(UPPER_ALNUM, 20), parts(run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8), '-', run(UPPER_ALNUM, 8))), 'TlMTAmBbFTCcI6eEY2PUFEueIoDL68nmvCaWec96fW9PV1LvVO0DK6WAtoHoVgVYjZsRs8IssfqZM40U3tPB8OffmX46tSD9RIe1wFttzxqj-cAWuZa5KFsuD1AS8Xxp', 'flickr: "https://www.flickr.com/services/rest"'),
  near('moodle-token', ['wstoken'], run(HEX, 32), '9a54e779b861915a9e9bb2d5b23958a2', 'wstoken: "<token>"'),
];
