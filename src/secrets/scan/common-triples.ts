/**
 * The signatures that logs, code, prose and messages have most, the commonest first: three characters each, in lower
 * case, with a backtick for what folds onto a blank. Counted over 15 MB of such text.
 */
export const COMMON_TRIPLES =
  'xxx```j``ionblbstaed`tio`st`thcondef`pa`inpat`reenter``}``cotatineathor``msapihijingthe{jibzbst`serghion`abc' +
  'cdebcdrpratutusefgfghate`idth}qtprqtprvqqmhe`rvmmrqqmrmqqvmqovqoapid}pious}odems}iovh}ovqo}oajrperriii`se{j`' +
  'onsjiistrthirrororter`detypypeandreaprolinmmmforchern`comestoutecttedagehisamei{jatiret`{jortpp`essnamp`pcti' +
  'quenstsbzverndeporileusewartimequ``cimeont`poebzne`ttpif`es`htt`toostith`fodatervin`ijadebjabtesainsioresspa' +
  'infturers`ere`striten`anel`nfojj`nteisn`abbugval`prce`reqfilij`ulloolmes`waebuindurnarnparwort`plbsng`dbzrin' +
  'okemodij|j|npszselkentpsputetuense`ilbctok``iencallis`s}u`nomen`cas}r`ifle`rattpts}tncouppnerachug`artcodfin' +
  'optto`pacextacencei`{bz{`figet`tise`tchtaruesfo`ptitho`is`usppppospt`ultcacnt`iniexpevebzpnd`istmisarentaork' +
  '`uprepperdisplbcesssiiceof`d`insbisshan`haitert`zoo`suinte`tatc`htut`onnrppharf`hod`trete`rsi`getbllat``rmet' +
  '}lbaluszo}rp}upidbzj``leicalic}tpt`iet``ofnneromemat`sirei``syn``jnpuly```tnlielf`diue`s`arteethneddedimp`a`' +
  'lueardme`_toendn`ttor`wi``sd`sass`nagen`exch`plire`ourzplmpldexz{bss`taie`}loalj`rourenrve`meomme`cuncnottru' +
  'nod}}}alihem``}r`iinpll`_reyncndlsentrytanoadeamlen}}`clatpujjceraschn`ie`abcon`{bleabladeomp|nlkeyvedutenis' +
  'rcer`s`bebrefun`lo``pt_try``vakerrailsehedji`updlerdlemeoz`epdaz`dtex`josageadurainseblmpoz`inulstomsgulelly' +
  '`shrkenctnjjargpeb`lil`t`}jl`se`qmanishespcalr`{dencccveleso`byge`lbtsouz`wdur`c`rvit`tnecshewit`lath`vicodu' +
  'eou`mi`soo`{ertcce_idbtyshag`{omourchodfulaftdel`tre`repl`hoofiispore}`ssucfteoo`etr`ormaprunal`acktinleshht' +
  '`ma`opset`|`tembseyteijjlevjjjbytherasegitqnqntsbstn`ssl`ueueue`woe`put_eat`asmatuccan`ns`t`mbinemeopearsam`' +
  's`t``o`vecedtbzdra`}}hosrop}j`lbrprelfnjec`quginsz`}hhnfiupsderrofnald`ton_cc`ol`sonchafroncyrd`poo}`t`{`efa' +
  'thutz`tl``arjobcrets`tpodulssfas`sfurue`syalse`fpstsolaulfauez`onetooletple``dhubermlbujccpagtlir`mbasl`clbm' +
  'ex`s`s`tyl`i`ros`i`jjmma`frernoqn}`fpoqntb_stpodolerseudes`}refataom`itit`al`bd}`ntigl`llbj~`|tlered`pnin`ne' +
  '`j`orm`al``bsesactsg`efis`m}`p_inn`ae}`en``af{btxponon``g`drrtssinlji`du`chubnf`tonfhi`cy`t`}antsubit``{sbnc' +
  'e`dl`aobjlowde`e`mr`atagill``eob`}`roseideutpogii`}`itemosbl`mor`tcolnq`aststee`oocoovearalbpleae`utopdinot`' +
  '}{joogtsnlasca`trabcaznubznquin_iscrescfale`w`unfig}~``one`hight`cnjsiesssanj`pec}`bignbjejsoriponbockrz`mer' +
  '`funitrti`whpe`nsear`mitminundordt`dttehinrecbericoeris`o``f``mlednum`buearedogebuirerotalram`dozbsr`pesud`d' +
  'redoincriy`s`entsbat`laulocisellllbibe`edi`}~`m`r}`edbl`pngi`sc`fa`teumeoringermi`nueneelen`clist`r}`}newjji' +
  'pendesonlranz`sej`lbaiptjm`tprnchecoe`ldecaudd`asulerbd`ra`sngtancorsdemthajcohreyz`onoy`mdoconmizjvarlidght' +
  '``nrl`inaii`ivermaed}_use``cur}`cven}jj`pxl`od`ct}`rs`qosnsielbpesz`bbde}`golos}qaddl_ubclc``r`c``astsprzcop';
