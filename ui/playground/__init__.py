"""The page Playground: small networks on points in the plane."""
