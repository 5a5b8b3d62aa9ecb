// Has the browser fetch modules all at once.

for (const address of ADDRESSES) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = new URL(address, document.baseURI).href;
  document.head.append(link);
}

