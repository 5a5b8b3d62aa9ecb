"""Home: what the app is, and where to go."""

import streamlit as st

st.title("A neural network, from scratch")
st.markdown("Train a network written in nothing but NumPy to read handwriting.")
