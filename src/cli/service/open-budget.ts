import { messageOf, reasonOf, SluiceError } from '../../errors.ts';
import { parseQuota, showQuota } from '../../quotas/quota.ts';
import type { Budget, Spending } from '../../run/budget.ts';
import { describeExceeded } from '../../quotas/describe-exceeded.ts';
import { openDiskLedger } from '../../runs/disk/disk-ledger.ts';
import type { Exceeded } from '../../quotas/exceeded.ts';
import { isBooked, type Ledger } from '../../quotas/ledger.ts';
import { usedBy } from '../../quotas/used-by.ts';
import { stateHome } from './state-home.ts';

/** A run that has a budget. */
export interface Budgeted {
  readonly runId: string;
  /** What may be used, as `budgets` reads it. */
  readonly amounts: readonly string[];
  /** Which of the user's accounts it counts on; undefined: that of no name. */
  readonly account: string | undefined;
  /** Dollars that it may cost, where that is known. */
  readonly maxUsd: number | undefined;
  /** What errors call the option that asks for it. */
  readonly where: string;
}

/**
 * The budget of a run, in the ledger of the user's state folder, which all processes of theirs share. It is opened once the
 * run is about to start claude.
 * @param tell told what could not be written down
 */
export function openBudget(
  budgeted: Budgeted,
  env: Readonly<Record<string, string | undefined>>,
  tell: (text: string) => void,
): Budget {
  const { where } = budgeted;
  return {
    async open() {
      const folder = stateHome(env);
      if (folder === false) throw new SluiceError('usage', `${where}: there is no home to keep accounts in`);
      const onFault = (error: unknown): void => tell(`warning: ${where}: not written down: ${reasonOf(error)}`);
      const { ledger, close } = await openDiskLedger({ folder, onFault }).catch((error: unknown) => {
        throw new SluiceError('usage', `${where}: ${messageOf(error)}`, { cause: error });
      });
      try {
        return await spendingOf(budgeted, ledger, close);
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

async function spendingOf(budgeted: Budgeted, ledger: Ledger, close: () => Promise<void>): Promise<Spending> {
  const { runId: id, amounts, account, maxUsd, where } = budgeted;
  const wanted = { id, account: accountOf(account), quotas: amounts.map(parseQuota), maxUsd, isOwed: true };
  const booking = await ledger.book(wanted).catch((error: unknown) => {
    throw new SluiceError('usage', `${where}: the accounts cannot be read: ${reasonOf(error)}`, { cause: error });
  });
  if (!isBooked(booking)) throw new SluiceError('max_budget', refusal(booking, ledger.calendar.show, where));
  return {
    settle: (report) => booking.settle(usedBy(report)),
    async end() {
      booking.release();
      await close().catch(() => {});
    },
  };
}

/** Those who ask a server have accounts of their own, which are called as they are. */
function accountOf(name: string | undefined): string {
  return name === undefined ? 'sluice run' : `sluice run --budget-name=${name}`;
}

function refusal(exceeded: Exceeded, show: (time: number) => string, where: string): string {
  const { quota, wanted } = exceeded;
  return `${where}: ${showQuota(quota)}: ${describeExceeded(exceeded)}; ${wanted > quota.amount ? LESS : whenAgain(exceeded, show)}`;
}

const LESS = 'lower --max-budget-usd';

function whenAgain({ quota, used, wanted, resetsAt }: Exceeded, show: (time: number) => string): string {
  const less = quota.unit === 'usd' && wanted > 0 && used < quota.amount ? `${LESS}, or ` : '';
  if (resetsAt === null) return `${less}wait until one of those has ended`;
  return less === '' ? `it resets at ${show(resetsAt)}` : `${less}wait until it resets, at ${show(resetsAt)}`;
}
