import {
  type CallExpression,
  type Expression,
  Node,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SourceFile,
  SyntaxKind,
  type Type,
} from 'ts-morph';
import {
  decisions,
  directoryUserFields,
  goneExports,
  KEEP_COOKIE,
  methods,
  PKCE_SWITCH,
  resourceMethods,
  resources,
  strings,
} from './rules.ts';

/** A piece of text to be replaced; both ends count from the start of the file. */
export interface Edit {
  start: number;
  end: number;
  text: string;
  /** The place that this is about, and what is done there. */
  at: number;
  what: string;
}
/** A place that a person must look at. */
export interface Report {
  at: number;
  what: string;
}
type Found = { edits: Edit[]; reports: Report[] };

const PACKAGE = '@workos-inc/node';
/** Old method names that nothing else is likely to have: on a value of unknown type they are worth a report. */
const distinctive = new Set([
  ...Object.keys(methods.Vault ?? {}),
  ...Object.keys(methods.UserManagement ?? {}),
  ...Object.keys(methods.Organizations ?? {}),
  ...Object.keys(decisions.UserManagement ?? {}),
  'listOrganizationRoles',
  'validateApiKey',
  'verifyFactor',
]);

/** What is to be done in a file, and what is left to a person. */
export function findEdits(file: SourceFile): Found {
  const found: Found = { edits: [], reports: [] };
  findImports(file, found);
  file.forEachDescendant((node) => {
    if (Node.isPropertyAccessExpression(node)) findMember(node, found);
    else if (Node.isBindingElement(node)) findDestructured(node, found);
    else if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) {
      const what = strings[node.getLiteralValue()];
      if (what) report(found, node, what);
    }
    if (Node.isIdentifier(node) && node.getText() === PKCE_SWITCH) reportSwitch(found, node);
  });
  return found;
}

function findImports(file: SourceFile, found: Found): void {
  for (const declaration of file.getImportDeclarations()) {
    const name = declaration.getModuleSpecifierValue();
    if (name.startsWith(`${PACKAGE}/lib/`)) report(found, declaration, deepPath(name));
    if (name !== PACKAGE && !name.startsWith(`${PACKAGE}/`)) continue;
    const whole = declaration.getDefaultImport();
    const uses = whole?.findReferencesAsNodes().filter((use) => use.getSourceFile() === file) ?? [];
    if (whole && declaration.getNamedImports().length === 0 && uses.every(isNamespaceUse)) {
      replace(found, whole, `* as ${whole.getText()}`, 'there is no default import');
    } else if (whole) {
      report(found, whole, 'there is no default import: import { WorkOS }');
    }
    for (const specifier of declaration.getNamedImports()) {
      const what = goneExports[specifier.getName()];
      if (what) report(found, specifier, `${specifier.getName()} is gone: ${what}`);
    }
  }
  for (const call of file.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const [argument] = call.getArguments();
    if (!Node.isStringLiteral(argument)) continue;
    const callee = call.getExpression();
    if (callee.getText() !== 'require' && callee.getKind() !== SyntaxKind.ImportKeyword) continue;
    if (argument.getLiteralValue().startsWith(`${PACKAGE}/lib/`)) {
      report(found, argument, deepPath(argument.getLiteralValue()));
    }
  }
}

const deepPath = (name: string) => `${name} is not exported: import the name from ${PACKAGE}`;

/** `name.Something` or `typeof name.Something`: what a namespace import serves as well. */
function isNamespaceUse(use: Node): boolean {
  const parent = use.getParent();
  return (
    Node.isImportClause(parent) ||
    (Node.isPropertyAccessExpression(parent) && parent.getExpression() === use) ||
    (Node.isQualifiedName(parent) && parent.getLeft() === use)
  );
}

function findMember(node: PropertyAccessExpression, found: Found): void {
  const owner = sdkClassOf(node.getExpression().getType());
  const name = node.getName();
  const nameNode = node.getNameNode();
  if (owner === 'unknown') {
    if (!/workos/i.test(node.getSourceFile().getFullText())) return;
    const receiver = node.getExpression();
    const last = Node.isPropertyAccessExpression(receiver)
      ? receiver.getName()
      : receiver.getText();
    if (distinctive.has(name) || hasRule(classNameOf(last), name)) {
      report(
        found,
        nameNode,
        `cannot see whether this is WorkOS’ ${name}; if so, ${hint(name, last)}`,
      );
    } else if (resourceMethods[last]?.includes(name)) {
      const renamed = resources[last] ?? 'authorization, by hand';
      const what = `cannot see whether this is WorkOS’ ${last}; if so, it is ${renamed}`;
      report(found, nameNode, what);
    }
    return;
  }
  if (!owner) return;
  if (owner === 'WorkOS') {
    const renamed = resources[name];
    if (renamed) replace(found, nameNode, renamed, `${name} is ${renamed}`);
    if (name === 'fga') report(found, nameNode, 'workos.fga is gone; see workos.authorization');
    return;
  }
  if (owner.startsWith('DirectoryUser')) {
    const what = directoryUserFields[name];
    if (what) report(found, nameNode, `${name} is ${what}`);
    return;
  }
  const rename = methods[owner]?.[name];
  if (rename?.to) moveMethod(node, rename.method, rename.to, found);
  else if (rename) replace(found, nameNode, rename.method, `${name} is ${rename.method}`);
  const call = callOf(node);
  if (decisions[owner]?.[name] && !(call && rewriteCall(call, node, found))) {
    report(found, nameNode, decisions[owner][name]);
  }
  if (call) checkOptions(call, `${owner}.${name}`, found);
}

/** A rename that moves to another resource: possible where the resource is read from the client on the spot. */
function moveMethod(
  node: PropertyAccessExpression,
  method: string,
  to: string,
  found: Found,
): void {
  const receiver = node.getExpression();
  const what = `${receiver.getText()}.${node.getName()} is ${to}.${method}`;
  if (
    Node.isPropertyAccessExpression(receiver) &&
    sdkClassOf(receiver.getExpression().getType()) === 'WorkOS'
  ) {
    replace(found, receiver.getNameNode(), to, what);
    if (method !== node.getName()) {
      add(found, node.getNameNode(), { text: method, what: '' });
    }
  } else {
    report(found, node.getNameNode(), what);
  }
}

/** Rewrites the calls that take more than another name. True when there is nothing left to decide. */
function rewriteCall(
  call: CallExpression,
  callee: PropertyAccessExpression,
  found: Found,
): boolean {
  const name = callee.getName();
  switch (name) {
    case 'sendMagicAuthCode': {
      if (!isUnused(call)) return false;
      replace(found, callee.getNameNode(), 'createMagicAuth', `${name} is createMagicAuth`);
      return true;
    }
    case 'getToken': {
      const awaited = call.getParent();
      if (!Node.isAwaitExpression(awaited)) return false;
      const what = 'getToken is createToken, which answers { token }';
      replace(found, callee.getNameNode(), 'createToken', what);
      insert(found, awaited.getStart(), '(');
      insert(found, awaited.getEnd(), ').token');
      return true;
    }
    case 'listOrganizationRoles': {
      const options = onlyObject(call, ['organizationId']);
      const id = options && valueOf(options, 'organizationId');
      const receiver = callee.getExpression();
      if (!options || !id || !Node.isPropertyAccessExpression(receiver)) return false;
      if (sdkClassOf(receiver.getExpression().getType()) !== 'WorkOS') return false;
      const what = 'organizations.listOrganizationRoles is authorization.listOrganizationRoles';
      replace(found, receiver.getNameNode(), 'authorization', what);
      add(found, options, { text: id.getText(), what: '' });
      return true;
    }
    case 'constructEvent': {
      const [argument] = call.getArguments();
      const payload = Node.isObjectLiteralExpression(argument) && valueOf(argument, 'payload');
      return payload ? isSurelyString(payload.getType()) : false;
    }
    case 'refreshAndSealSessionData': {
      if (!loadSession(call, callee, 'refresh', found)) return false;
      // Written, and yet there is something to decide: whoever deletes the cookie then signs people out in an outage.
      report(found, callee.getNameNode(), KEEP_COOKIE);
      return true;
    }
    case 'getLogoutUrlFromSessionCookie':
      return loadSession(call, callee, 'getLogoutUrl', found);
    default:
      return false;
  }
}

/** `f({ sessionData, cookiePassword, organizationId })` → `loadSealedSession({ … }).refresh({ organizationId })`. */
function loadSession(
  call: CallExpression,
  callee: PropertyAccessExpression,
  method: 'refresh' | 'getLogoutUrl',
  found: Found,
): boolean {
  const options = onlyObject(call, ['sessionData', 'cookiePassword', 'organizationId']);
  const sessionData = options && valueOf(options, 'sessionData');
  const cookiePassword = options && valueOf(options, 'cookiePassword');
  if (!options || !sessionData || !cookiePassword) return false;
  // The old method answered when there was no cookie, or no password; the new ones throw.
  if (![sessionData, cookiePassword].every((value) => isSurelyString(value.getType())))
    return false;
  const organizationId = options.getProperty('organizationId');
  const id = valueOf(options, 'organizationId');
  if (organizationId && (method !== 'refresh' || !id || !isSimple(id))) return false;
  const name = callee.getName();
  const what = `${name} is loadSealedSession(…).${method}()`;
  replace(found, callee.getNameNode(), 'loadSealedSession', what);
  if (organizationId) {
    const properties = options.getProperties();
    const index = properties.indexOf(organizationId);
    const [start, end] =
      index > 0
        ? [properties[index - 1]!.getEnd(), organizationId.getEnd()]
        : [organizationId.getStart(), properties[1]!.getStart()];
    found.edits.push({ start, end, text: '', at: start, what: '' });
  }
  insert(
    found,
    call.getEnd(),
    `.${method}(${organizationId ? `{ ${organizationId.getText()} }` : ''})`,
  );
  return true;
}

/** Options that compile no more, or mean something else. */
function checkOptions(call: CallExpression, method: string, found: Found): void {
  const [argument] = call.getArguments();
  const type = argument?.getType();
  const options = Node.isObjectLiteralExpression(argument) ? argument : undefined;
  // Where options are made elsewhere, their type says what is in them, and the call is the place to look at.
  const has = (name: string): Node | undefined =>
    options?.getProperty(name) ?? (type?.getProperty(name) ? argument : undefined);
  const isWhole = type && !type.isAny() && !options?.getProperties().some(Node.isSpreadAssignment);
  const reportAt = (name: string, what: string) => {
    const property = has(name);
    if (property) report(found, property, what);
  };
  switch (method) {
    case 'Organizations.createOrganization':
    case 'Organizations.updateOrganization':
      reportAt('domains', 'domains is domainData: [{ domain, state: "verified" or "pending" }]');
      reportAt('allowProfilesOutsideOrganization', 'there is no successor: remove it');
      break;
    case 'Sso.getAuthorizationUrl': {
      reportAt('domain', 'domain is gone: name the organization');
      const selectors = ['connection', 'organization', 'provider'].filter(has);
      if (selectors.length > 1) {
        report(found, call, `name one of ${selectors.join(' and ')}, not both`);
      } else if (type?.isAny()) {
        report(found, call, 'cannot see the options: one of connection, organization and provider');
      } else if (isWhole && !has('clientId')) {
        report(found, call, 'clientId is needed in the call: the client’s own does not count here');
      }
      break;
    }
    case 'UserManagement.getAuthorizationUrl':
      reportAt('context', 'context is gone: use state');
      break;
    case 'UserManagement.listOrganizationMemberships':
      if (!argument || (isWhole && !has('userId') && !has('organizationId'))) {
        report(found, call, 'userId or organizationId is needed');
      }
      break;
    default:
  }
}

/** `const { mfa } = workos` and `const { verifyFactor } = workos.mfa`. */
function findDestructured(node: Node, found: Found): void {
  if (!Node.isBindingElement(node)) return;
  const pattern = node.getParent();
  if (!Node.isObjectBindingPattern(pattern)) return;
  const property = node.getPropertyNameNode();
  const name = (property ?? node.getNameNode()).getText();
  if (isSdk(pattern.getParent())) {
    if (goneExports[name]) report(found, node, `${name} is gone: ${goneExports[name]}`);
    return;
  }
  const owner = sdkClassOf(pattern.getType(), pattern);
  if (!owner || owner === 'unknown') return;
  const renamed = owner === 'WorkOS' ? resources[name] : undefined;
  if (renamed) {
    const what = `${name} is ${renamed}`;
    if (property) replace(found, property, renamed, what);
    else replace(found, node.getNameNode(), `${renamed}: ${name}`, what);
  } else if (owner.startsWith('DirectoryUser') && directoryUserFields[name]) {
    report(found, node, `${name} is ${directoryUserFields[name]}`);
  } else if (hasRule(owner, name)) {
    report(found, node, `taken from its object: ${hint(name, owner)}`);
  }
}

/** Whether a declaration takes from `require('@workos-inc/node')` or `await import('@workos-inc/node')`. */
function isSdk(declaration: Node): boolean {
  if (!Node.isVariableDeclaration(declaration)) return false;
  const text = declaration.getInitializer()?.getText() ?? '';
  return new RegExp(`^(await import|require)\\(['"]${PACKAGE}(/worker)?['"]\\)$`).test(text);
}

/** The SDK's class that a type is; `unknown` when the compiler cannot tell; undefined for everything else. */
function sdkClassOf(type: Type, pattern?: Node): string | undefined {
  const actual = pattern ? initializerType(pattern) : type;
  if (!actual || actual.isAny()) return 'unknown';
  const plain = actual.getNonNullableType();
  const members = plain.isUnion() ? plain.getUnionTypes() : [plain];
  const names = new Set(members.map(nameOfSdkClass));
  return names.size === 1 ? [...names][0] : undefined;
}

/** A pattern's own type is made of what it takes; what it takes from is its initializer. */
function initializerType(pattern: Node): Type | undefined {
  const declaration = pattern.getParent();
  if (Node.isVariableDeclaration(declaration) || Node.isParameterDeclaration(declaration)) {
    return (declaration.getTypeNode() ?? declaration.getInitializer())?.getType();
  }
  return undefined;
}

function nameOfSdkClass(type: Type): string | undefined {
  const symbol = type.getSymbol();
  const isOurs = symbol
    ?.getDeclarations()
    .some((d) => d.getSourceFile().getBaseName() === SDK_FILE);
  return isOurs ? symbol?.getName() : undefined;
}
export const SDK_FILE = '__workos-sdk-types.d.ts';

function hasRule(owner: string, name: string): boolean {
  return Boolean(methods[owner]?.[name] ?? decisions[owner]?.[name]);
}

/** What the old name is called today, for a place where only a person can tell. */
function hint(name: string, owner: string): string {
  for (const [className, names] of Object.entries(methods)) {
    const rename = names[name];
    if (rename && (distinctive.has(name) || className === classNameOf(owner))) {
      return `it is ${rename.to ? `${rename.to}.` : ''}${rename.method}`;
    }
  }
  return Object.values(decisions).find((names) => names[name])?.[name] ?? 'see the guide';
}

function classNameOf(resource: string): string {
  return resource.charAt(0).toUpperCase() + resource.slice(1);
}

function callOf(callee: PropertyAccessExpression): CallExpression | undefined {
  const parent = callee.getParent();
  return Node.isCallExpression(parent) && parent.getExpression() === callee ? parent : undefined;
}

/** Whether nobody reads what a call answers. */
function isUnused(call: CallExpression): boolean {
  let node: Node = call;
  while (Node.isAwaitExpression(node.getParent()) || Node.isVoidExpression(node.getParent())) {
    node = node.getParentOrThrow();
  }
  return Node.isExpressionStatement(node.getParent());
}

/** The only argument, when it is an object that is written out and has no other properties than these. */
function onlyObject(call: CallExpression, allowed: string[]): ObjectLiteralExpression | undefined {
  const [argument, ...more] = call.getArguments();
  if (!Node.isObjectLiteralExpression(argument) || more.length > 0) return undefined;
  const isPlain = argument
    .getProperties()
    .every(
      (property) =>
        (Node.isPropertyAssignment(property) || Node.isShorthandPropertyAssignment(property)) &&
        allowed.includes(property.getName()),
    );
  return isPlain ? argument : undefined;
}

function valueOf(options: ObjectLiteralExpression, name: string): Expression | undefined {
  const property = options.getProperty(name);
  if (Node.isShorthandPropertyAssignment(property)) return property.getNameNode();
  return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
}

function isSurelyString(type: Type): boolean {
  return type.isUnion()
    ? type.getUnionTypes().every(isSurelyString)
    : type.isString() || type.isStringLiteral();
}

/** An expression that can be moved behind others without another effect. */
function isSimple(node: Expression): boolean {
  return (
    Node.isIdentifier(node) ||
    Node.isStringLiteral(node) ||
    (Node.isPropertyAccessExpression(node) && isSimple(node.getExpression()))
  );
}

function reportSwitch(found: Found, node: Node): void {
  report(found, node, `${PKCE_SWITCH} is read no more: remove it`);
}

function report(found: Found, node: Node, what: string): void {
  found.reports.push({ at: node.getStart(), what });
}

function replace(found: Found, node: Node, text: string, what: string): void {
  add(found, node, { text, what });
}

function add(found: Found, node: Node, { text, what }: { text: string; what: string }): void {
  found.edits.push({ start: node.getStart(), end: node.getEnd(), at: node.getStart(), text, what });
}

function insert(found: Found, at: number, text: string): void {
  found.edits.push({ start: at, end: at, at, text, what: '' });
}
