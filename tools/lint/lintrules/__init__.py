# SPDX-License-Identifier: MIT
"""The rules that ./dev lint checks, one small function each."""
