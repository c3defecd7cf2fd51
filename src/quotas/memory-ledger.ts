import { createCalendar } from './calendar.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createMemoryBook } from './memory-book.ts';

/** A ledger that lasts as long as its process. @param timeZone default: that of this machine */
export function createMemoryLedger(timeZone?: string): Ledger {
  return createLedger({ book: createMemoryBook(), calendar: createCalendar(timeZone), onFault() {} });
}
