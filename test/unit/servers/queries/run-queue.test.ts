import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { createRunQueue, type RunQueue, type RunQueueLimits } from '../../../../src/servers/queries/run-queue.ts';

/** Somebody in a line: where they are, and what they were told. */
interface Guest {
  readonly name: string;
  readonly told: number[];
  isIn: boolean;
  leave(): void;
}

function limits(given: Partial<RunQueueLimits> = {}): RunQueueLimits {
  return { maxRuns: 1, maxRunsPerCaller: undefined, maxQueued: 10, ...given };
}

function join(line: RunQueue, subject: string, name = subject): Guest {
  const guest: Guest = { name, told: [], isIn: false, leave() {} };
  guest.leave = line.join(subject, {
    onTurn() {
      guest.isIn = true;
    },
    onAhead: (ahead) => void guest.told.push(ahead),
  });
  return guest;
}

describe('a line', () => {
  it('lets in at once whom there is room for, and tells them of no wait', () => {
    const line = createRunQueue(limits({ maxRuns: 2 }));
    const guests = [join(line, 'a'), join(line, 'a'), join(line, 'a')];
    expect(guests.map(({ isIn }) => isIn)).toEqual([true, true, false]);
    expect(guests.map(({ told }) => told)).toEqual([[], [], [0]]);
  });

  it('tells each how many are ahead, and again as that changes', () => {
    const line = createRunQueue(limits());
    const [first, second, third, fourth] = [join(line, 'a'), join(line, 'b'), join(line, 'c'), join(line, 'd')];
    third.leave();
    first.leave();
    expect([second.told, third.told, fourth.told]).toEqual([[0], [1], [2, 1, 0]]);
    expect([second.isIn, third.isIn, fourth.isIn]).toEqual([true, false, false]);
  });

  it('refuses whom there is no place for, and says how many wait', () => {
    const line = createRunQueue(limits({ maxQueued: 1 }));
    join(line, 'a');
    join(line, 'b');
    expect(() => join(line, 'c')).toThrow(Refusal);
    expect(() => join(line, 'c')).toThrow(
      expect.objectContaining({
        errorCode: 'rate_limited',
        details: { reason: 'queue_full', queued: 1, limit: 1, retryAfter: 20 },
      }),
    );
  });

  it('says when to ask again, by how long runs took of late', () => {
    let time = 0;
    const line = createRunQueue(limits({ maxRuns: 2, maxQueued: 0 }), () => time);
    const take = (ms: number): void => {
      const { leave } = join(line, 'a');
      time += ms;
      leave();
    };
    expect(line.nextLeave()).toBe(20);
    for (const ms of [200, 12_000, 900_000]) take(ms);
    join(line, 'a');
    expect(line.nextLeave()).toBe(12);
    join(line, 'b');
    expect(() => join(line, 'c')).toThrow('ask again in 6 s');
    for (const [ms, seconds] of [
      [900_000, 60],
      [1, 1],
    ] as const) {
      const other = createRunQueue(limits(), () => time);
      const guest = join(other, 'a');
      time += ms;
      guest.leave();
      expect(other.nextLeave()).toBe(seconds);
    }
  });

  it('lets no caller wait with more than it may, while others still can', () => {
    const line = createRunQueue(limits({ maxQueuedPerCaller: 1 }));
    join(line, 'a');
    join(line, 'a');
    expect(() => join(line, 'a')).toThrow('1 queries of yours wait already');
    expect(join(line, 'b').told).toEqual([1]);
  });

  it('lets nobody wait where nobody may', () => {
    const line = createRunQueue(limits({ maxQueued: 0 }));
    expect(join(line, 'a').isIn).toBe(true);
    expect(() => join(line, 'b')).toThrow('none may wait');
  });

  it('passes a caller that has all it may have', () => {
    const line = createRunQueue(limits({ maxRuns: 2, maxRunsPerCaller: 1 }));
    const [busy, waiting, other] = [join(line, 'a'), join(line, 'a'), join(line, 'b')];
    expect([busy.isIn, waiting.isIn, other.isIn]).toEqual([true, false, true]);
    other.leave();
    expect(waiting.isIn).toBe(false);
    busy.leave();
    expect(waiting.isIn).toBe(true);
  });

  it('frees a place once, however often it is left', () => {
    const line = createRunQueue(limits());
    const guests = [join(line, 'a'), join(line, 'b'), join(line, 'c')] as const;
    guests[0].leave();
    guests[0].leave();
    expect(guests.map(({ isIn }) => isIn)).toEqual([true, true, false]);
  });

  it('stands it when who is told that they wait leaves at once', () => {
    const line = createRunQueue(limits());
    const first = join(line, 'a');
    let leave = (): void => {};
    leave = line.join('b', { onTurn() {}, onAhead() {} });
    const told: number[] = [];
    line.join('c', {
      onTurn() {},
      onAhead(ahead) {
        told.push(ahead);
        leave();
      },
    });
    expect(told).toEqual([1, 0]);
    first.leave();
    expect(join(line, 'd').told).toEqual([0]);
  });

  it('lets in as many as may, in the order they came, whoever comes and goes', () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('join' as const), who: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ does: fc.constant('leave' as const), which: fc.nat(40) }),
    );
    const given = fc.record({
      maxRuns: fc.integer({ min: 1, max: 4 }),
      maxRunsPerCaller: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      maxQueued: fc.nat(6),
    });
    fc.assert(
      fc.property(given, fc.array(step, { maxLength: 60 }), (given, steps) => {
        const line = createRunQueue(given);
        const model = createModel(given);
        const guests: Guest[] = [];
        const verdicts: [boolean, boolean][] = [];
        for (const step of steps) {
          if (step.does === 'join') {
            const name = String(guests.length);
            verdicts.push([joins(line, step.who, name, guests), model.join(step.who, name)]);
          } else if (guests.length > 0) {
            const guest = guests[step.which % guests.length];
            guest?.leave();
            model.leave(guest?.name ?? '');
          }
          expect(guests.filter(({ isIn }) => isIn).map(({ name }) => name)).toEqual(model.everIn());
          for (const [ahead, name] of model.waiting().entries()) {
            expect(guests.find((guest) => guest.name === name)?.told.at(-1)).toBe(ahead);
          }
        }
        expect(verdicts.filter(([is, shouldBe]) => is !== shouldBe)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Whether somebody could join; who could is among the guests then. */
function joins(line: RunQueue, subject: string, name: string, guests: Guest[]): boolean {
  try {
    guests.push(join(line, subject, name));
    return true;
  } catch (thrown) {
    if (thrown instanceof Refusal) return false;
    throw thrown;
  }
}

/** The rule, said as plainly as can be: after each step, whoever is first in line and may is let in. */
function createModel({ maxRuns, maxRunsPerCaller = Number.POSITIVE_INFINITY, maxQueued }: RunQueueLimits) {
  let waiting: { readonly who: string; readonly name: string }[] = [];
  let inside: typeof waiting = [];
  const entered = new Set<string>();

  function settle(): void {
    for (const place of waiting) {
      const own = inside.filter(({ who }) => who === place.who).length;
      if (inside.length >= maxRuns || own >= maxRunsPerCaller) continue;
      inside.push(place);
      entered.add(place.name);
    }
    waiting = waiting.filter(({ name }) => !entered.has(name));
  }

  return {
    join(who: string, name: string): boolean {
      waiting.push({ who, name });
      settle();
      if (waiting.length <= maxQueued) return true;
      waiting.pop();
      return false;
    },
    leave(name: string): void {
      waiting = waiting.filter((place) => place.name !== name);
      inside = inside.filter((place) => place.name !== name);
      settle();
    },
    waiting: () => waiting.map(({ name }) => name),
    /** Who is in or was, by number. */
    everIn: () => [...entered].sort((one, other) => Number(one) - Number(other)),
  };
}
