// @ts-check
// What Chatwarden needs of a machine, as one literal list. A probe looks at facts only; it changes and starts nothing.

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {{ found: string }} Found */
/** @typedef {{ missing: string, install: string }} Missing */

/**
 * @typedef {object} Need
 * @property {string} name
 * @property {string} neededBy the targets or suites that stop without it
 * @property {boolean} required whether `make run` and `make test` need it now
 * @property {(machine: Machine) => Found | Missing} probe
 */

const GIGABYTE = 1024 ** 3;
/** npm packages with their caches; measured at under 1 GB, doubled for the database and for growth. */
const FREE_BEFORE_INSTALL_BYTES = 2 * GIGABYTE;
/** The database of the demo community and of the tests. */
const FREE_AFTER_INSTALL_BYTES = 0.5 * GIGABYTE;
const NODE_MAJOR_MIN = 20;
const NPM_MAJOR_MIN = 10;
const JAVA_MAJOR_MIN = 17;
/** OpenSearch 3. */
const JAVA_MAJOR_MODERN = 21;
/** OpenSearch 2 with its security plugin. */
const JAVA_MAJOR_SECURITY_MAX = 23;

/** The first that fetches the version that a module names. */
const GO_MIN = { major: 1, minor: 21 };

/** @type {readonly Need[]} */
export const NEEDS = [
  { name: 'node', neededBy: 'everything (it installs Node 24 from npm)', required: true, probe: probeNode },
  { name: 'npm', neededBy: 'everything', required: true, probe: probeNpm },
  { name: 'make', neededBy: 'every target', required: true, probe: probeCommand('make', 'make') },
  { name: 'git', neededBy: 'make check, make test', required: true, probe: probeCommand('git', 'git') },
  { name: 'disk', neededBy: 'make run, make test', required: true, probe: probeDisk },
  {
    name: 'PostgreSQL account',
    neededBy: 'make run, make test: PostgreSQL refuses to run as root',
    required: true,
    probe: probeAccount,
  },
  {
    name: 'java',
    neededBy: 'make test: the tests on Kafka and OpenSearch, which are skipped without',
    required: false,
    probe: probeJava,
  },
  {
    name: 'maven',
    neededBy: 'make test: the same, it downloads them',
    required: false,
    probe: probeCommand('mvn', 'maven'),
  },
  {
    name: 'go',
    neededBy: 'make test, make test-operator: the tests on Kubernetes, which are skipped without',
    required: false,
    probe: probeGo,
  },
  {
    name: 'docker',
    neededBy: 'make test-docker',
    required: false,
    probe: probeCommand('docker', 'docker.io'),
  },
  {
    name: 'chromium',
    neededBy: 'later tests of the portal',
    required: false,
    probe: probeCommand('chromium', 'chromium'),
  },
];

/** @param {Machine} machine @returns {Found | Missing} */
function probeNode({ node }) {
  if (major(node) >= NODE_MAJOR_MIN) return { found: node };
  return {
    missing: `version ${node} is too old to install the packages, ${NODE_MAJOR_MIN} or newer is needed`,
    install: 'sudo apt-get install nodejs (Debian 13 or newer), elsewhere https://nodejs.org/en/download',
  };
}

/** @param {Machine} machine @returns {Found | Missing} */
function probeNpm({ npm }) {
  if (npm !== undefined && major(npm) >= NPM_MAJOR_MIN) return { found: npm };
  if (npm === undefined) {
    return {
      missing: 'not found',
      install: `sudo apt-get install npm && sudo npm install --global npm@${NPM_MAJOR_MIN}, elsewhere it comes with Node.js`,
    };
  }
  return {
    missing: `version ${npm} is too old, ${NPM_MAJOR_MIN} or newer is needed`,
    install: `sudo npm install --global npm@${NPM_MAJOR_MIN}`,
  };
}

/** @param {Machine} machine @returns {Found | Missing} */
function probeDisk({ freeBytes, installed }) {
  const neededBytes = installed ? FREE_AFTER_INSTALL_BYTES : FREE_BEFORE_INSTALL_BYTES;
  const free = `${inGigabytes(freeBytes)} GB free`;
  if (freeBytes >= neededBytes) return { found: free };
  return {
    missing: `${free}, ${inGigabytes(neededBytes)} GB are needed`,
    install: 'free some space where the checkout stands, or move the checkout',
  };
}

/** @param {Machine} machine @returns {Found | Missing} */
function probeAccount({ root, users, has }) {
  if (!root) return { found: 'your own account, not root' };
  if (users.includes('postgres')) return { found: 'root, with the system account postgres' };
  if (has('useradd')) return { found: 'root, and useradd to make an account' };
  return {
    missing: 'you are root, there is no account postgres, and no useradd to make one',
    install: 'sudo apt-get install passwd, or run make as another user',
  };
}

/** Versions: packages/testkit/src/backends/versions.ts. @param {Machine} machine @returns {Found | Missing} */
function probeJava({ javas }) {
  const found = javas.length === 0 ? 'not found' : `found ${javas.join(', ')}`;
  const hasModern = javas.some((javaMajor) => javaMajor >= JAVA_MAJOR_MODERN);
  const hasOld = javas.some((javaMajor) => javaMajor >= JAVA_MAJOR_MIN && javaMajor <= JAVA_MAJOR_SECURITY_MAX);
  if (hasModern && hasOld) return { found };
  if (hasOld) return { found: `${found}: enough for Kafka and OpenSearch 2; OpenSearch 3 wants ${JAVA_MAJOR_MODERN}` };
  if (hasModern) {
    return {
      found: `${found}: enough but for OpenSearch with security, which wants ${JAVA_MAJOR_MIN} to ${JAVA_MAJOR_SECURITY_MAX}`,
    };
  }
  return {
    missing: `${found}, ${JAVA_MAJOR_MIN} or newer is needed`,
    install: `sudo apt-get install openjdk-${JAVA_MAJOR_MIN}-jre-headless, elsewhere https://adoptium.net`,
  };
}

/** Version: packages/testkit/src/backends/versions.ts. @param {Machine} machine @returns {Found | Missing} */
function probeGo({ go }) {
  const [goMajor = 0, goMinor = 0] = (go ?? '').split('.').map(Number);
  if (goMajor > GO_MIN.major || (goMajor === GO_MIN.major && goMinor >= GO_MIN.minor)) return { found: String(go) };
  const found = go === undefined ? 'not found' : `version ${go} is too old`;
  return {
    missing: `${found}, ${GO_MIN.major}.${GO_MIN.minor} or newer is needed`,
    install: 'sudo apt-get install golang-go (Debian 13 or newer), elsewhere https://go.dev/dl',
  };
}

/** @param {string} command @param {string} debianPackage @returns {(machine: Machine) => Found | Missing} */
function probeCommand(command, debianPackage) {
  return ({ has }) =>
    has(command)
      ? { found: 'found' }
      : {
          missing: 'not found',
          install: `sudo apt-get install ${debianPackage}, elsewhere your system's package ${command}`,
        };
}

/** @param {string} version */
function major(version) {
  return Number.parseInt(version, 10);
}

/** @param {number} bytes */
function inGigabytes(bytes) {
  return (bytes / GIGABYTE).toFixed(1);
}
