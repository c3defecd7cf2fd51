import { foldCase } from '../scan/reader.ts';
import type { Reader } from '../scan/reader.ts';
import type { Anchor, Parse, Span } from '../scan/span.ts';

const PIECE = 4;

/** The commonest triples of ordinary code and prose, commonest first: a place where the pass had better not stop. */
const COMMON_TRIPLES = (
  'con ion ing ons str tio nst tri rin typ ype ect ort val exp che por ent the par def ini thi min pro his tur ter ' +
  'ret etu urn ema ode ate int alu for err lue odm sch dmi cti .zo rea opt hem res pti z.z sta xpo nte is. ult ext ' +
  'nde est end rro ror ess ten ine unc jec pec fun ame nct fin num iss ara ite key rom dat efi ist rse ram tes ars ' +
  'ali === per nam nal obj ted ore ssu ins sue and bje ead ile all com xpe nce cod orm ert tru ati ver cor mat ber ' +
  'put mbe gin tra pat imp arr ase ner umb mpo .to tor ces rop lid ope fil rra are equ men ray fro ble nfi und get ' +
  'nio ers onf efa aul fau ned age mod rma xte nds era lea lse ont nod rec ind als fig abl set ues len lin out ath ' +
  'inc uni pre ole ser eve mes ams ona cal eck hec ith map ace ue. onl ive eco ean nly new re. rts ata ool nts odu ' +
  'cla ene ngt rue ass uti eng der sin enc ref eof wit .co inp art oid tch gth don npu tat ern esu .pa boo nis ts. ' +
  'arg ste nit til ull ule cat rat sul tar rty lar fer ime gen dec .in son .st tin voi sol ado cas ren nul tim nti ' +
  'ies use any dul not ere syn tem atc ctx des inv fal run ain met ync jso igi reg epa omp den ple red ize ven rti ' +
  'tan ord iti ire sag nva rep ack wor row scr ssa cto own les ise sed ide tex thr er. lis anc hro peo tte eso esc ' +
  'pen dis ary eat req add erf cri cre ran ntr es. let plu rce dep ual asy her max ugi lug omi rip ege .de din rna ' +
  'ffe one omm url .js mis cha siz .re var nne mpl tre las htt ifi att .le ttp qua ecl cte pos olv try ori rig lve ' +
  'ele ock han act led lic fac man uid dty ors saf eme tag ... has app epr our afe cce fie dex rit loc ost ail --- ' +
  'ct. loa ume il. clu buf niu spe mer roc oce mar tha iun .va mit ina sha oke rem pac rfa sou arb urc ssi lat sto ' +
  'uff ena cur nco rre odi ipt s.p qui sio ken unk bas utp tok ma. ust tpu ach spa har sor uct nta tho s._ lit oth ' +
  'hen ure .is que s.s pes s.c dir els ark ove uir ign odt ill now unt tom doc toe er: rks ler ncl ast lle ved rai ' +
  'z.s tiv rte eys sho mas rar oad wri pe: eta pla whe sse .ma bit de: oun rac tot odc le. kno ica cke nia vit oeq ' +
  'iar dre _zo ity ruc ef. epe nin low ink .pr iop ded enu lem col nt: lec ed. eri can llo tob ede ial eci ses ns. ' +
  'itr .or ida big ork sit nkn lud ato s.l imi egi hat de. clo mma oin edi ete rbi rge ose inf ger lob ans tit sso'
).split(' ');

/** Letters and signs, commonest first: what tells two uncommon triples apart. */
const COMMON_CHARACTERS = 'etnorisaclpdumhfgb_-.:=yvwkxzjq';

const RANKS = new Map(COMMON_TRIPLES.map((triple, rank) => [triple, rank]));

/**
 * An anchor for a whole word, put on the four characters of it that are rarest in ordinary text: `ngDa` finds
 * `stringData`, and nobody stops at every `string`. `parse` is called as if the word itself were the anchor.
 * @param exact false: letters match in either case, and `word` is lower case
 */
export function anchorOn(word: string, parse: Parse, exact = false): Anchor {
  const offset = rarestPiece(word);
  if (word.length <= PIECE) return { text: word, exact, parse };
  return {
    text: word.slice(offset, offset + PIECE),
    exact,
    parse(reader, pieceStart, pieceEnd): Span | readonly Span[] | undefined {
      const start = pieceStart - offset;
      if (!standsBefore(reader, pieceStart, offset) || !standsAfter(reader, pieceEnd, offset + PIECE)) {
        return undefined;
      }
      return parse(reader, start, start + word.length);
    },
  };

  function isSame(code: number, at: number): boolean {
    return (exact ? code : foldCase(code)) === word.charCodeAt(at);
  }

  function standsBefore(reader: Reader, pieceStart: number, length: number): boolean {
    for (let back = 1; back <= length; back += 1) {
      if (!isSame(reader.before(pieceStart - back + 1), length - back)) return false;
    }
    return true;
  }

  function standsAfter(reader: Reader, pieceEnd: number, from: number): boolean {
    for (let at = from; at < word.length; at += 1) if (!isSame(reader.at(pieceEnd + at - from), at)) return false;
    return true;
  }
}

/** Where in `word` the four characters begin whose two triples are rarest. */
function rarestPiece(word: string): number {
  let best = 0;
  let bestCost = Infinity;
  for (let offset = 0; offset + PIECE <= word.length; offset += 1) {
    const cost = costOf(word.slice(offset, offset + 3)) + costOf(word.slice(offset + 1, offset + PIECE));
    if (cost < bestCost) [best, bestCost] = [offset, cost];
  }
  return best;
}

/** How often a triple is met, roughly: the n-th commonest is met an n-th as often as the first. */
function costOf(triple: string): number {
  const rank = RANKS.get(triple.toLowerCase());
  return rank === undefined ? rarityOf(triple.toLowerCase()) / RANKS.size : 1 / (rank + 1);
}

/** Up to one for a triple of the commonest letters. */
function rarityOf(triple: string): number {
  let product = 1;
  for (const character of triple) {
    const rank = COMMON_CHARACTERS.indexOf(character);
    product /= rank < 0 ? COMMON_CHARACTERS.length : 1 + rank / 4;
  }
  return product;
}
