/** What Google gives a program: four words of four small letters. */
const APP_PASSWORD = /^[a-z]{4}(?: [a-z]{4}){3}$/;
/** Words of four letters that hints to a reader have. */
const HINT = /\b(?:your|pass|word|here|this|with|must|have|same|enter|when|that|from|code)\b/;

export const APP_PASSWORD_LENGTH = 19;

/** Whether a value with blanks in it is a password all the same: `EMAIL_HOST_PASSWORD = 'abcd efgh …'`. */
export function isAppPassword(value: string): boolean {
  return APP_PASSWORD.test(value) && !HINT.test(value);
}
