import { describe, expect, it } from 'vitest';
import { openBudget } from '../../../src/cli/service/open-budget.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const usage = { inputTokens: 100, outputTokens: 20, cacheReadInputTokens: 9_000, cacheCreationInputTokens: 0 };

/** The budgets of one user. */
function userOf(XDG_STATE_HOME = temporaryFolder()) {
  let runs = 0;
  const told: string[] = [];
  return {
    told,
    open: (amounts: string, { account, maxUsd }: { account?: string; maxUsd?: number } = {}) =>
      openBudget(
        {
          runId: `run ${++runs}`,
          amounts: amounts.split(' '),
          account: account ?? undefined,
          maxUsd,
          where: '--budget',
        },
        { XDG_STATE_HOME },
        (text) => told.push(text),
      ).open(),
  };
}

/** A time to come, with its offset. */
const TIME = String.raw`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d`;

describe('a budget', () => {
  it('lets runs begin until it is used, and says when it resets', async () => {
    const user = userOf();
    const first = await user.open('5usd/day 2ktokens/month');
    first.settle({ totalCostUsd: 4.5, usage });
    await first.end();
    const second = await user.open('5usd/day 2ktokens/month');
    second.settle({ totalCostUsd: 0.75, usage });
    await second.end();
    await expect(user.open('5usd/day 2ktokens/month')).rejects.toMatchObject({
      code: 'max_budget',
      message: expect.stringMatching(new RegExp(`^--budget: 5usd/day: \\$5.25 used; it resets at ${TIME}$`)),
    });
    await expect(user.open('200tokens/week')).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^--budget: 200tokens/week: 240 used; it resets at ${TIME}$`)),
    });
    // Another name is another account, and another amount is another question.
    await (await user.open('5usd/day', { account: 'nightly' })).end();
    await (await user.open('6usd/day')).end();
    expect(user.told).toEqual([]);
  });

  it('sets aside what a run may cost until that has ended', async () => {
    const user = userOf();
    const running = await user.open('5usd/day', { maxUsd: 3 });
    await expect(user.open('5usd/day', { maxUsd: 2.5 })).rejects.toMatchObject({
      message:
        '--budget: 5usd/day: $0 used, $3 set aside for runs under way, and this run may cost $2.5; lower --max-budget-usd, or wait until one of those has ended',
    });
    running.settle({ totalCostUsd: 1, usage });
    await running.end();
    await (await user.open('5usd/day', { maxUsd: 2.5 })).end();
    await expect(user.open('5usd/day', { maxUsd: 6 })).rejects.toMatchObject({
      message: expect.stringMatching(/; lower --max-budget-usd$/),
    });
  });

  it('takes what it may cost for what it cost where claude did not live to tell', async () => {
    const user = userOf();
    const run = await user.open('5usd/day', { maxUsd: 5 });
    run.settle({ totalCostUsd: null, usage });
    await run.end();
    await expect(user.open('5usd/day')).rejects.toMatchObject({ code: 'max_budget' });
  });

  it('is not touched by a run that never began', async () => {
    const user = userOf();
    await (await user.open('1usd/day', { maxUsd: 1 })).end();
    const again = await user.open('1usd/day', { maxUsd: 1 });
    await again.end();
    expect(user.told).toEqual([]);
  });

  it('is no budget where nothing can be kept', async () => {
    await expect(userOf('/proc/nowhere').open('1usd/day')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/^--budget: \/proc\/nowhere\/sluice cannot keep accounts: /),
    });
  });
});
