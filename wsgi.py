"""What the web server and the `flask` command load."""

from app import create_app
from config import ROOT, Config, load_dotenv

load_dotenv(ROOT / ".env")
application = create_app(Config.from_environment())
