import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type InvocationHere, sluiceHere } from '../../support/in-process.ts';

describe('a budget', () => {
  it('is counted in what claude says a run cost, and the run that it has no room for asks nothing', async () => {
    // A second start would show.
    const once: InvocationHere = { home: freshHome(), fake: [[...begin, ...succeed], [{ exit: 1 }]] };
    const flags = ['--budget=0.000001usd/month,1Mtokens/day', '--json'];
    const first = await sluiceHere([...flags, '--cache=1h', 'hi'], once);
    expect(first.bundle()).toMatchObject({ outcome: { class: 'success' } });
    const [second, again, other] = [
      await sluiceHere([...flags, 'hi'], once),
      // What costs nothing is no matter of budgets.
      await sluiceHere([...flags, '--cache=1h', 'hi'], once),
      await sluiceHere(['--budget=1usd/month', '--budget-name=other', '--json', '--dry-run', 'hi'], once),
    ];
    expect(second.exitCode).toBe(5);
    const message = expect.stringMatching(
      /^--budget: 0\.000001usd\/month: \$[\d.]+ used; it resets at \d{4}-\d\d-01T00:00:00/,
    );
    expect(second.bundle().outcome).toMatchObject({ class: 'max_budget', retryable: false, message });
    expect([again.exitCode, other.exitCode]).toEqual([0, 0]);
  });
});
