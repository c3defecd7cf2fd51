import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';

export const AI_VENDOR_KINDS: readonly Kind[] = [
  token('anthropic-api03', 'ANTHROPIC_API_KEY', 'sk-ant-api03-{url 93}AA'),
  token('anthropic-admin01', 'ANTHROPIC_ADMIN_KEY', 'sk-ant-admin01-{url 93}AA'),
  token('anthropic-oat01', 'CLAUDE_CODE_OAUTH_TOKEN', 'sk-ant-oat01-{url 86}-{url 6}AA'),
  token('anthropic-ort01', 'CLAUDE_REFRESH_TOKEN', 'sk-ant-ort01-{url 86}-{url 6}AA'),
  token('anthropic-sid01', 'CLAUDE_SESSION_KEY', 'sk-ant-sid01-{url 86}-{url 6}AA'),
  shaped('claude-credentials', (random) => {
    const access = spell(random, 'sk-ant-oat01-{url 93}AA');
    const refresh = spell(random, 'sk-ant-ort01-{url 93}AA');
    const account = { accessToken: access, refreshToken: refresh, expiresAt: 1_790_000_000_000, scopes: ['user'] };
    return [JSON.stringify({ claudeAiOauth: account }), access, refresh];
  }),
  token('openai-legacy', 'OPENAI_API_KEY', 'sk-{alnum 20}T3BlbkFJ{alnum 20}'),
  token('openai-project', 'OPENAI_API_KEY', 'sk-proj-{url 74}T3BlbkFJ{url 74}'),
  token('openai-project-short', 'OPENAI_KEY', 'sk-proj-{alnum 20}T3BlbkFJ{alnum 20}'),
  token('openai-svcacct', 'OPENAI_API_KEY', 'sk-svcacct-{url 74}T3BlbkFJ{url 74}'),
  token('openai-admin', 'OPENAI_ADMIN_KEY', 'sk-admin-{url 58}T3BlbkFJ{url 58}'),
  named('openai-session', 'OPENAI_SESSION_KEY', 'sess-{alnum 40}'),
  named('azure-openai', 'AZURE_OPENAI_API_KEY', '{hex 32}'),
  token('azure-openai-long', 'AZURE_OPENAI_API_KEY', '{alnum 52}JQQJ99B{UP 1}AC{alnum 2}BjFXJ3w3AAABACOG{alnum 4}'),
  token('groq', 'GROQ_API_KEY', 'gsk_{alnum 20}WGdyb3FY{alnum 24}'),
  token('xai', 'XAI_API_KEY', 'xai-{alnum 80}'),
  token('deepseek', 'DEEPSEEK_API_KEY', 'sk-{hex 32}'),
  token('moonshot', 'MOONSHOT_API_KEY', 'sk-{alnum 48}'),
  token('siliconflow', 'SILICONFLOW_API_KEY', 'sk-{low 48}'),
  named('litellm', 'LITELLM_MASTER_KEY', 'sk-{url 22}'),
  named('zhipu', 'ZHIPUAI_API_KEY', '{hex 32}.{alnum 16}'),
  named('mistral', 'MISTRAL_API_KEY', '{alnum 32}'),
  named('cohere', 'COHERE_API_KEY', '{alnum 40}'),
  named('cohere-short-name', 'CO_API_KEY', '{alnum 40}'),
  token('perplexity', 'PERPLEXITY_API_KEY', 'pplx-{alnum 48}'),
  token('huggingface', 'HF_TOKEN', 'hf_{letter 34}'),
  token('huggingface-org', 'HUGGINGFACE_ORG_TOKEN', 'api_org_{letter 34}'),
  token('replicate', 'REPLICATE_API_TOKEN', 'r8_{alnum 37}'),
  token('langsmith', 'LANGSMITH_API_KEY', 'lsv2_{pt|sk}_{hex 32}_{hex 10}'),
  token('langfuse', 'LANGFUSE_SECRET_KEY', 'sk-lf-{uuid}'),
  token('fireworks', 'FIREWORKS_API_KEY', 'fw_{alnum 24}'),
  named('together', 'TOGETHER_API_KEY', '{hex 64}'),
  token('together-tgp', 'TOGETHER_API_KEY', 'tgp_v1_{url 43}'),
  token('elevenlabs', 'ELEVENLABS_API_KEY', 'sk_{hex 48}'),
  token('pinecone', 'PINECONE_API_KEY', 'pcsk_{alnum 6}_{alnum 63}'),
  named('pinecone-legacy', 'PINECONE_API_KEY', '{uuid}'),
  token('openrouter', 'OPENROUTER_API_KEY', 'sk-or-v1-{hex 64}'),
  token('gemini', 'GEMINI_API_KEY', 'AIzaSy{url 33}'),
  named('assemblyai', 'ASSEMBLYAI_API_KEY', '{hex 32}'),
  named('deepgram', 'DEEPGRAM_API_KEY', '{hex 40}'),
  token('stability', 'STABILITY_API_KEY', 'sk-{alnum 48}'),
  token('tavily', 'TAVILY_API_KEY', 'tvly-{alnum 32}'),
  token('tavily-dev', 'TAVILY_API_KEY', 'tvly-dev-{alnum 32}'),
  token('jina', 'JINA_API_KEY', 'jina_{hex 32}{url 28}'),
  named('voyage', 'VOYAGE_API_KEY', 'pa-{url 43}'),
  token('cerebras', 'CEREBRAS_API_KEY', 'csk-{lownum 48}'),
  token('nvidia', 'NVIDIA_API_KEY', 'nvapi-{url 64}'),
  named('wandb', 'WANDB_API_KEY', '{hex 40}'),
  shaped('wandb-netrc', (random) => {
    const key = spell(random, '{hex 40}');
    return [`machine api.wandb.ai\n  login user\n  password ${key}\n`, key];
  }),
  token('firecrawl', 'FIRECRAWL_API_KEY', 'fc-{hex 32}'),
  token('llama-cloud', 'LLAMA_CLOUD_API_KEY', 'llx-{alnum 48}'),
  token('anyscale', 'ANYSCALE_API_KEY', 'esecret_{lownum 26}'),
  token('runpod', 'RUNPOD_API_KEY', 'rpa_{UPNUM 40}{lownum 6}'),
  token('helicone', 'HELICONE_API_KEY', 'sk-helicone-{lownum 7}-{lownum 7}-{lownum 7}-{lownum 7}'),
  named('cursor', 'CURSOR_API_KEY', 'key_{hex 64}'),
  named('modal', 'MODAL_TOKEN_SECRET', 'as-{alnum 22}'),
  named('baseten', 'BASETEN_API_KEY', '{alnum 8}.{alnum 32}'),
  named('ai21', 'AI21_API_KEY', '{alnum 32}'),
  named('clarifai', 'CLARIFAI_PAT', '{hex 32}'),
  named('serpapi', 'SERPAPI_API_KEY', '{hex 64}'),
  named('serper', 'SERPER_API_KEY', '{hex 40}'),
  named('brave-search', 'BRAVE_API_KEY', 'BSA{url 28}'),
  named('exa', 'EXA_API_KEY', '{uuid}'),
  named('comet', 'COMET_API_KEY', '{alnum 25}'),
  named('roboflow', 'ROBOFLOW_API_KEY', '{alnum 20}'),
  named('qdrant', 'QDRANT_API_KEY', '{url 54}'),
  named('unstructured', 'UNSTRUCTURED_API_KEY', '{alnum 30}'),
  shaped('kaggle', (random) => {
    const key = spell(random, '{hex 32}');
    return [`{"username":"jo","key":"${key}"}`, key];
  }),
];
