"""Where the packed program begins: the same command line as everywhere else."""

import sys

from qaf_desktop.__main__ import main

sys.exit(main())
