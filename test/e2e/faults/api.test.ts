import { API } from './families.ts';
import { testFamily } from './test-family.ts';

testFamily(API);
