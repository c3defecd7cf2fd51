import { OURS } from './families.ts';
import { testFamily } from './test-family.ts';

testFamily(OURS);
