import { PROCESS } from './families.ts';
import { testFamily } from './test-family.ts';

testFamily(PROCESS);
