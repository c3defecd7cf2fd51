// A program that prints the id that was given last.
import { lastId } from '../../../src/system/process-files.ts';

process.stdout.write(JSON.stringify(lastId()));
