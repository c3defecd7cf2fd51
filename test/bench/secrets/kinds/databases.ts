import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { named, shaped, token } from './define.ts';
import { addressPassword, password, strongPassword } from './passwords.ts';

/** Addresses with a password in them, up to it and after it. */
const ADDRESSES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  postgres: ['DATABASE_URL=postgres://svc:', '@db.internal:5432/app?sslmode=require'],
  postgresql: ['  url: "postgresql://svc:', '@db.internal/app"'],
  'postgresql-asyncpg': ['SQLALCHEMY_DATABASE_URI = "postgresql+asyncpg://svc:', '@localhost/app"'],
  mysql: ['mysql://root:', '@127.0.0.1:3306/shop'],
  'mysql-pymysql': ['create_engine("mysql+pymysql://root:', '@db/shop?charset=utf8mb4")'],
  mariadb: ['mariadb://app:', '@db.example.com/app'],
  mongodb: ['MONGO_URL=mongodb://svc:', '@a.example.com:27017,b.example.com:27017/app?replicaSet=rs0'],
  'mongodb-srv': [
    'mongoose.connect("mongodb+srv://svc:',
    '@cluster0.ab1cd.mongodb.net/prod?retryWrites=true&w=majority")',
  ],
  redis: ['REDIS_URL=redis://:', '@cache.internal:6379/0'],
  rediss: ['rediss://default:', '@eu1-fine-crab-12345.upstash.io:6379'],
  amqp: ['CELERY_BROKER_URL = "amqp://worker:', '@mq.internal:5672/vhost"'],
  amqps: ['amqps://worker:', '@mq.example.com/vhost'],
  mssql: ['mssql://sa:', '@sql.example.com:1433/app?encrypt=true'],
  'mssql-pyodbc': ['mssql+pyodbc://sa:', '@sql/app?driver=ODBC+Driver+18+for+SQL+Server'],
  clickhouse: ['clickhouse://default:', '@ch.example.com:9440/logs?secure=true'],
  cockroachdb: ['cockroachdb://svc:', '@free-tier.gcp.cockroachlabs.cloud:26257/defaultdb'],
  neo4j: ['neo4j+s://neo4j:', '@ab12cd.databases.neo4j.io'],
  nats: ['nats://svc:', '@nats.internal:4222'],
  elasticsearch: ['ELASTICSEARCH_URL=https://elastic:', '@es.example.com:9243'],
  couchdb: ['curl http://admin:', '@127.0.0.1:5984/_all_dbs'],
  influxdb: ['influxdb://telegraf:', '@metrics.example.com:8086/metrics'],
  oracle: ['oracle://system:', '@ora.example.com:1521/?service_name=XEPDB1'],
  snowflake: ['snowflake://jo:', '@ab12345.eu-west-1/app/public?warehouse=wh'],
  ftp: ['lftp ftp://deploy:', '@ftp.example.com/htdocs'],
  sftp: ['sftp://deploy:', '@files.example.com:22/in'],
  ldap: ['ldap://cn=admin,dc=example,dc=com:', '@ldap.example.com'],
  smb: ['smb://jo:', '@nas.local/share'],
  rtsp: ['rtsp://admin:', '@192.168.1.64:554/Streaming/Channels/101'],
  mqtt: ['mqtt://device:', '@broker.example.com:1883'],
  https: ['fetching https://deploy:', '@artifacts.example.net/repo/app.tgz'],
  'https-git': ['remote: https://ci:', '@git.example.com/acme/app.git'],
  proxy: ['HTTPS_PROXY=http://proxyuser:', '@proxy.example.com:3128'],
  socks: ['socks5://jo:', '@10.0.0.9:1080'],
};

export const DATABASE_KINDS: readonly Kind[] = [
  ...Object.entries(ADDRESSES).map(([scheme, [before, after]]) =>
    shaped(`url-${scheme}`, (random) => {
      const secret = addressPassword(random);
      return [`${before}${secret}${after}`, secret];
    }),
  ),
  shaped('jdbc-query', (random) => {
    const secret = password(random);
    return [`jdbc:mysql://db:3306/app?user=root&password=${secret}&useSSL=true`, secret];
  }),
  shaped('jdbc-sqlserver', (random) => {
    const secret = strongPassword(random);
    return [`jdbc:sqlserver://sql.example.com:1433;databaseName=app;user=sa;password=${secret};encrypt=true`, secret];
  }),
  shaped('jdbc-oracle-thin', (random) => {
    const secret = spell(random, '{alnum 14}');
    return [`jdbc:oracle:thin:system/${secret}@//ora.example.com:1521/XEPDB1`, secret];
  }),
  shaped('jdbc-driver-manager', (random) => {
    const secret = password(random);
    return [`DriverManager.getConnection("jdbc:postgresql://db/app", "svc", "${secret}");`, secret];
  }),
  shaped('ado-net', (random) => {
    const secret = password(random);
    return [
      `"Default": "Server=tcp:sql.example.com,1433;Database=app;User ID=sa;Password=${secret};Encrypt=True;"`,
      secret,
    ];
  }),
  shaped('ado-net-pwd', (random) => {
    const secret = password(random);
    return [`<add name="App" connectionString="Data Source=sql;Initial Catalog=app;uid=sa;pwd=${secret}" />`, secret];
  }),
  shaped('odbc', (random) => {
    const secret = password(random);
    return [`pyodbc.connect("DRIVER={ODBC Driver 18};SERVER=sql;DATABASE=app;UID=sa;PWD=${secret}")`, secret];
  }),
  shaped('npgsql', (random) => {
    const secret = password(random);
    return [`Host=db.internal;Port=5432;Username=svc;Password=${secret};Database=app`, secret];
  }),
  shaped('libpq', (random) => {
    const secret = password(random);
    return [`psql "host=db.internal port=5432 dbname=app user=svc password=${secret} sslmode=require"`, secret];
  }),
  shaped('go-mysql-dsn', (random) => {
    const secret = addressPassword(random);
    return [`sql.Open("mysql", "svc:${secret}@tcp(db.internal:3306)/app?parseTime=true")`, secret];
  }),
  shaped('django-databases', (random) => {
    const secret = password(random);
    return [
      `DATABASES = {\n    'default': {\n        'USER': 'svc',\n        'PASSWORD': '${secret}',\n        'HOST': 'db',\n    }\n}`,
      secret,
    ];
  }),
  shaped('rails-database-yml', (random) => {
    const secret = password(random);
    return [`production:\n  adapter: postgresql\n  username: svc\n  password: ${secret}\n  host: db.internal`, secret];
  }),
  shaped('sequelize', (random) => {
    const secret = password(random);
    return [`const db = new Sequelize('app', 'svc', '${secret}', { host: 'db', dialect: 'postgres' });`, secret];
  }),
  shaped('mysqli', (random) => {
    const secret = password(random);
    return [`$db = mysqli_connect('localhost', 'root', '${secret}', 'shop');`, secret];
  }),
  shaped('pdo', (random) => {
    const secret = password(random);
    return [`$pdo = new PDO('mysql:host=localhost;dbname=shop', 'root', '${secret}');`, secret];
  }),
  shaped('psycopg', (random) => {
    const secret = password(random);
    return [`psycopg2.connect(host="db", user="svc", password="${secret}", dbname="app")`, secret];
  }),
  shaped('typeorm', (random) => {
    const secret = password(random);
    return [`new DataSource({ type: 'postgres', username: 'svc', password: '${secret}', database: 'app' })`, secret];
  }),
  shaped('spring-datasource', (random) => {
    const secret = password(random);
    return [`spring.datasource.username=svc\nspring.datasource.password=${secret}\nspring.jpa.show-sql=false`, secret];
  }),
  shaped('hibernate', (random) => {
    const secret = password(random);
    return [`<property name="hibernate.connection.password">${secret}</property>`, secret];
  }),
  shaped('kafka-jaas', (random) => {
    const secret = password(random);
    const module = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
    return [`sasl.jaas.config=${module} username="svc" password="${secret}";`, secret];
  }),
  shaped('sql-identified-by', (random) => {
    const secret = password(random);
    return [`CREATE USER 'svc'@'%' IDENTIFIED BY '${secret}';\nGRANT ALL ON app.* TO 'svc'@'%';`, secret];
  }),
  shaped('sql-identified-with', (random) => {
    const secret = password(random);
    return [`ALTER USER 'root'@'localhost' IDENTIFIED WITH mysql_native_password BY '${secret}';`, secret];
  }),
  shaped('sql-role-password', (random) => {
    const secret = password(random);
    return [`ALTER ROLE svc WITH LOGIN PASSWORD '${secret}';`, secret];
  }),
  shaped('sql-create-user-password', (random) => {
    const secret = password(random);
    return [`psql -c "CREATE USER svc WITH ENCRYPTED PASSWORD '${secret}' CREATEDB"`, secret];
  }),
  shaped('sql-login-password', (random) => {
    const secret = password(random);
    return [`CREATE LOGIN svc WITH PASSWORD = N'${secret}', CHECK_POLICY = OFF;`, secret];
  }),
  shaped('sql-set-password', (random) => {
    const secret = password(random);
    return [`SET PASSWORD FOR 'svc'@'localhost' = PASSWORD('${secret}');`, secret];
  }),
  shaped('mongo-create-user', (random) => {
    const secret = password(random);
    return [`db.createUser({ user: "svc", pwd: "${secret}", roles: ["readWrite"] })`, secret];
  }),
  shaped('redis-conf', (random) => {
    const secret = password(random);
    return [`bind 0.0.0.0\nrequirepass ${secret}\nmaxmemory 2gb`, secret];
  }),
  shaped('redis-auth', (random) => {
    const secret = password(random);
    return [`127.0.0.1:6379> AUTH ${secret}\nOK`, secret];
  }),
  shaped('my-cnf', (random) => {
    const secret = password(random);
    return [`[client]\nuser=root\npassword=${secret}\nhost=localhost\n`, secret];
  }),
  shaped('pgpass', (random) => {
    const secret = addressPassword(random);
    return [`# hostname:port:database:username:password\ndb.internal:5432:app:svc:${secret}\n`, secret];
  }),
  shaped('pgpass-star', (random) => {
    const secret = addressPassword(random);
    return [`localhost:5432:*:postgres:${secret}`, secret];
  }),
  token('planetscale', 'PLANETSCALE_SERVICE_TOKEN', 'pscale_tkn_{url 43}'),
  token('planetscale-password', 'PLANETSCALE_PASSWORD', 'pscale_pw_{url 43}'),
  token('supabase', 'SUPABASE_ACCESS_TOKEN', 'sbp_{hex 40}'),
  token('supabase-secret', 'SUPABASE_SECRET_KEY', 'sb_secret_{url 31}'),
  token('neon', 'PGPASSWORD', 'npg_{alnum 16}'),
  token('neon-api', 'NEON_API_KEY', 'napi_{lownum 64}'),
  named('mongodb-atlas', 'MONGODB_ATLAS_PRIVATE_KEY', '{uuid}'),
  token('mongodb-service-account', 'MONGODB_ATLAS_CLIENT_SECRET', 'mdb_sa_sk_{alnum 40}'),
  named('upstash', 'UPSTASH_REDIS_REST_TOKEN', 'AX{b64 50}='),
  named('firebase-database-secret', 'FIREBASE_SECRET', '{alnum 40}'),
  token('databricks', 'DATABRICKS_TOKEN', 'dapi{hex 32}'),
  token('databricks-numbered', 'DATABRICKS_TOKEN', 'dapi{hex 32}-2'),
  named('snowflake-password', 'SNOWFLAKE_PASSWORD', '{alnum 14}'),
  token('xata', 'XATA_API_KEY', 'xau_{alnum 43}'),
  token('clickhouse-cloud', 'CLICKHOUSE_KEY_SECRET', '4b1d{alnum 38}'),
  named('confluent', 'CONFLUENT_CLOUD_API_SECRET', '{b64 64}'),
  token('aiven', 'AIVEN_PASSWORD', 'AVNS_{url 19}'),
  token('astra', 'ASTRA_DB_APPLICATION_TOKEN', 'AstraCS:{letter 24}:{hex 64}'),
  named('fauna', 'FAUNA_SECRET', 'fn{alnum 38}'),
];
