/** The same public page, which the matcher of the proxy leaves out. */
export { default } from '../signed-out/page';
