import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { Budget } from '../../run/budget.ts';
import type { Io } from '../io.ts';
import { requestOf } from './settings.ts';
import { whereSet } from './where-set.ts';

/**
 * What the user's runs may use together, as settings say; null where nobody counts.
 * @param nextId names the run that is about to be booked
 * @param tell told what could not be written down
 */
export async function budgetOf(
  settings: Settings,
  nextId: () => string,
  { env }: Io,
  tell: (text: string) => void,
): Promise<Budget | null> {
  const amounts = read(settings, OPTION.budget) ?? [];
  if (amounts.length === 0) return null;
  const { openBudget } = await import('../service/open-budget.ts');
  const account = read(settings, OPTION.budgetName);
  const { maxBudgetUsd: maxUsd } = requestOf(settings);
  const where = whereSet(settings, 'budget');
  return { open: () => openBudget({ runId: nextId(), amounts, account, maxUsd, where }, env, tell).open() };
}
