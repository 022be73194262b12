/** Made once, at the build: a public page. */
export default function StaticPage() {
  return <p>Hello</p>;
}
