import { prettyFactory } from 'pino-pretty';

/** Makes lines of JSON into lines for people; what does so is loaded for them alone. */
export function createPrettyLines(color: boolean): (line: string) => string {
  return prettyFactory({ colorize: color, singleLine: true, translateTime: 'SYS:HH:MM:ss' });
}
